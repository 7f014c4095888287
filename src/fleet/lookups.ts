/** What many routers must do, in few statements. */
import { createBatches } from './batches.ts';
import { type Asked, type DesiredState, findDesiredStates } from './desired-state.ts';
import type { RouterDatabase } from './router-database.ts';

/** Milliseconds from one statement to the next. */
const APART = 20;

/** What a router must do; undefined if it is unlinked or deleted. Rejects if that cannot be read. */
export type Find = (asked: Asked) => Promise<DesiredState | undefined>;

export function createLookups(database: RouterDatabase): Find {
  return createBatches(database, 'lookups', findDesiredStates, APART);
}
