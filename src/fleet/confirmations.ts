/** What many routers confirm at once, in few commits: those that come while one is stored are the next. */
import { type Confirmed, type Waited, storeAllApplied } from './desired-state.ts';
import type { RouterDatabase } from './router-database.ts';

/** So many in one commit. */
const MOST = 50;
/** One whose rows somebody holds for longer delays the others no more: each is stored by itself. */
const LONGEST_WAIT = '100ms';

/** Stores that a router has applied a revision. Rejects if that fails; stores nothing if the connection counts no more. */
export type Confirm = (confirmed: Confirmed) => Promise<Waited | undefined>;

type Waiting = { confirmed: Confirmed; settle: PromiseWithResolvers<Waited | undefined> };

/** The first is stored at once. If several cannot be stored together, each is by itself. */
export function createConfirmations(database: RouterDatabase): Confirm {
  const queue: Waiting[] = [];
  let isStoring = false;

  async function storeAll(): Promise<void> {
    isStoring = true;
    while (queue.length > 0) await storeSome(queue.splice(0, MOST));
    isStoring = false;
  }

  async function storeSome(some: readonly Waiting[]): Promise<void> {
    try {
      const all = some.map(({ confirmed }) => confirmed);
      const found = await database.run((shared) => storeAllApplied(shared, all, LONGEST_WAIT));
      for (const [index, { settle }] of some.entries()) settle.resolve(found[index]);
    } catch {
      for (const one of some) storeOne(one);
    }
  }

  function storeOne({ confirmed, settle }: Waiting): void {
    database
      .runFor(confirmed.user_id, (shared) => storeAllApplied(shared, [confirmed], null))
      .then(([waited]) => settle.resolve(waited), settle.reject);
  }

  return (confirmed) => {
    const settle = Promise.withResolvers<Waited | undefined>();
    queue.push({ confirmed, settle });
    if (!isStoring) void storeAll();
    return settle.promise;
  };
}
