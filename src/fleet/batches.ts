/** What many routers ask of the database at once, in few statements: what comes while one runs is part of the next. */
import type { Database } from '../database/pool.ts';
import { delay } from '../timeout.ts';
import type { RouterDatabase } from './router-database.ts';

/** So many in one statement. */
const MOST = 50;
/** One whose rows somebody holds for longer delays the others no more: each is done by itself. */
const LONGEST_WAIT = '100ms';

/**
 * Does what items are about in one statement, or rejects; gives the result of each.
 * @param longestWait for a row that somebody else holds, as PostgreSQL writes it: then it rejects
 */
export type DoAll<Item, Result> = (
  database: Database,
  items: readonly Item[],
  longestWait: string | null,
) => Promise<readonly Result[]>;

/**
 * Gives what does it for an item, together with others. If it fails for several together, each is done by itself.
 * @param name of what is done: it has turns of its own at the database, so that fifty do not wait behind everybody's login
 * @param apart milliseconds from the beginning of one statement to that of the next, unless there is enough for it: who comes alone does not wait
 */
export function createBatches<Item extends { user_id: string }, Result>(
  database: Pick<RouterDatabase, 'runFor'>,
  name: string,
  doAll: DoAll<Item, Result>,
  apart = 0,
): (item: Item) => Promise<Result | undefined> {
  type Waiting = { item: Item; settle: PromiseWithResolvers<Result | undefined> };
  const queue: Waiting[] = [];
  let isRunning = false;
  let next = 0;

  async function run(): Promise<void> {
    isRunning = true;
    while (queue.length > 0) {
      const early = next - performance.now();
      if (early > 0 && queue.length < MOST) await delay(early);
      next = performance.now() + apart;
      await doSome(queue.splice(0, MOST));
    }
    isRunning = false;
  }

  async function doSome(some: readonly Waiting[]): Promise<void> {
    try {
      const items = some.map(({ item }) => item);
      const results = await database.runFor(name, (shared) => doAll(shared, items, LONGEST_WAIT));
      for (const [index, { settle }] of some.entries()) settle.resolve(results[index]);
    } catch {
      for (const one of some) doOne(one);
    }
  }

  function doOne({ item, settle }: Waiting): void {
    database
      .runFor(item.user_id, (shared) => doAll(shared, [item], null))
      .then(([result]) => settle.resolve(result), settle.reject);
  }

  return (item) => {
    const settle = Promise.withResolvers<Result | undefined>();
    queue.push({ item, settle });
    if (!isRunning) void run();
    return settle.promise;
  };
}
