/** How the internet answers many routers, in few commits. */
import { type Measured, recordHealth } from '../routers/health.ts';
import { createBatches } from './batches.ts';
import type { RouterDatabase } from './router-database.ts';

/** Milliseconds from one commit to the next: each router has a measurement a minute. */
const APART = 250;

/** Stores what a router has measured; gives how often the internet went or came with it. Rejects if that fails. */
export type Measure = (measured: Measured) => Promise<number | undefined>;

export function createMeasurements(database: RouterDatabase): Measure {
  return createBatches(database, 'measurements', recordHealth, APART);
}
