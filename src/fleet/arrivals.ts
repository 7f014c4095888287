/** That routers have connected, of many at once in few commits. */
import { type Arrival, type Welcome, markConnected } from '../routers/presence.ts';
import { createBatches } from './batches.ts';
import type { LeaseHolder } from './lease.ts';
import type { RouterDatabase } from './router-database.ts';

/** Stores that a router has connected to this node; gives what is wanted of it, undefined if it is not linked. Rejects if that fails, or the node has no lease. */
export type Arrive = (arrival: Arrival) => Promise<Welcome | undefined>;

export function createArrivals(database: RouterDatabase, holder: Readonly<LeaseHolder>): Arrive {
  return createBatches(database, 'arrivals', (shared, all, longestWait) =>
    markConnected(shared, holder, all, longestWait),
  );
}
