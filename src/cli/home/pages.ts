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
