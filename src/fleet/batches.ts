/** What is stored for many routers at once, in few commits: what comes while some is being stored is the next. */
import { setTimeout } from 'node:timers/promises';
import type { Database } from '../database/pool.ts';
import type { RouterDatabase } from './router-database.ts';

/** So many in one commit. */
const MOST = 50;
/** One whose rows somebody holds for longer delays the others no more: each is stored by itself. */
const LONGEST_WAIT = '100ms';

/**
 * Stores items in one commit, or rejects; gives the result of each.
 * @param longestWait for a row that somebody else holds, as PostgreSQL writes it: then it rejects
 */
export type Store<Item, Result> = (
  database: Database,
  items: readonly Item[],
  longestWait: string | null,
) => Promise<readonly Result[]>;

/**
 * Gives what stores an item. If several cannot be stored together, each is by itself.
 * @param gathered milliseconds that the first waits for others, unless there are enough of them; 0: it is stored at once
 */
export function createBatches<Item extends { user_id: string }, Result>(
  database: RouterDatabase,
  store: Store<Item, Result>,
  gathered = 0,
): (item: Item) => Promise<Result | undefined> {
  type Waiting = { item: Item; settle: PromiseWithResolvers<Result | undefined> };
  const queue: Waiting[] = [];
  let isStoring = false;

  async function storeWaiting(): Promise<void> {
    isStoring = true;
    while (queue.length > 0) {
      if (gathered > 0 && queue.length < MOST) await setTimeout(gathered);
      await storeSome(queue.splice(0, MOST));
    }
    isStoring = false;
  }

  async function storeSome(some: readonly Waiting[]): Promise<void> {
    try {
      const items = some.map(({ item }) => item);
      const results = await database.run((shared) => store(shared, items, LONGEST_WAIT));
      for (const [index, { settle }] of some.entries()) settle.resolve(results[index]);
    } catch {
      for (const one of some) storeOne(one);
    }
  }

  function storeOne({ item, settle }: Waiting): void {
    database
      .runFor(item.user_id, (shared) => store(shared, [item], null))
      .then(([result]) => settle.resolve(result), settle.reject);
  }

  return (item) => {
    const settle = Promise.withResolvers<Result | undefined>();
    queue.push({ item, settle });
    if (!isStoring) void storeWaiting();
    return settle.promise;
  };
}
