/** What is stored for many routers at once, in few commits: what comes while some is being stored is the next. */

/** So many in one commit. */
const MOST = 50;
/** One whose rows somebody holds for longer delays the others no more: each is stored by itself. */
export const LONGEST_WAIT = '100ms';

export type Batches<Item, Result> = {
  /** In one commit, or rejects; gives the result of each. */
  storeAll: (items: readonly Item[]) => Promise<readonly Result[]>;
  storeOne: (item: Item) => Promise<Result>;
};

/** Gives what stores an item: the first at once. If several cannot be stored together, each is by itself. */
export function createBatches<Item, Result>({
  storeAll,
  storeOne,
}: Batches<Item, Result>): (item: Item) => Promise<Result> {
  type Waiting = { item: Item; settle: PromiseWithResolvers<Result> };
  const queue: Waiting[] = [];
  let isStoring = false;

  async function storeWaiting(): Promise<void> {
    isStoring = true;
    while (queue.length > 0) await storeSome(queue.splice(0, MOST));
    isStoring = false;
  }

  async function storeSome(some: readonly Waiting[]): Promise<void> {
    try {
      const results = await storeAll(some.map(({ item }) => item));
      for (const [index, result] of results.entries()) some[index]?.settle.resolve(result);
    } catch {
      for (const { item, settle } of some) storeOne(item).then(settle.resolve, settle.reject);
    }
  }

  return (item) => {
    const settle = Promise.withResolvers<Result>();
    queue.push({ item, settle });
    if (!isStoring) void storeWaiting();
    return settle.promise;
  };
}
