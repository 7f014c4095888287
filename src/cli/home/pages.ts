import { InvalidArgumentError } from 'commander';

type Page<Item> = { items: readonly Item[]; next_cursor: string | null };

/**
 * The items of a list that the service gives in pages, in its order: every one, or the first so many.
 * @param atOnce the most that one page has
 */
export async function readPages<Item>(
  { atOnce, most = Infinity }: { atOnce: number; most?: number },
  read: (query: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({
      limit: Math.min(most - items.length, atOnce),
      ...(cursor !== undefined && { cursor }),
    });
    items.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined && items.length < most);
  return items;
}

/** How many items somebody wants. Throws InvalidArgumentError. */
export function parseCount(text: string): number {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > 1000)
    throw new InvalidArgumentError('It must be a number from 1 to 1000.');
  return count;
}
