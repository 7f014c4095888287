/** What many routers confirm at once, in few commits. */
import { LONGEST_WAIT, createBatches } from './batches.ts';
import { type Confirmed, type Waited, storeAllApplied } from './desired-state.ts';
import type { RouterDatabase } from './router-database.ts';

/** Stores that a router has applied a revision. Rejects if that fails; stores nothing if the connection counts no more. */
export type Confirm = (confirmed: Confirmed) => Promise<Waited | undefined>;

export function createConfirmations(database: RouterDatabase): Confirm {
  return createBatches({
    storeAll: (all) => database.run((shared) => storeAllApplied(shared, all, LONGEST_WAIT)),
    storeOne: (one) =>
      database.runFor(one.user_id, async (shared) => {
        const [waited] = await storeAllApplied(shared, [one], null);
        return waited;
      }),
  });
}
