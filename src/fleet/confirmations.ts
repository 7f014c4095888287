/** What many routers confirm at once, in few commits. */
import { createBatches } from './batches.ts';
import { type Confirmed, type Waited, storeAllApplied } from './desired-state.ts';
import type { RouterDatabase } from './router-database.ts';

/** Milliseconds from one commit to the next. */
const APART = 20;

/** Stores that a router has applied a revision. Rejects if that fails; stores nothing if the connection counts no more. */
export type Confirm = (confirmed: Confirmed) => Promise<Waited | undefined>;

export function createConfirmations(database: RouterDatabase): Confirm {
  return createBatches(database, 'confirmations', storeAllApplied, APART);
}
