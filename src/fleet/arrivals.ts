/** That routers have connected, of many at once in few commits. */
import { type Arrival, type Welcome, markConnected } from '../routers/presence.ts';
import { LONGEST_WAIT, createBatches } from './batches.ts';
import type { LeaseHolder } from './lease.ts';
import type { RouterDatabase } from './router-database.ts';

/** Stores that a router has connected to this node; gives what is wanted of it, undefined if it is not linked. Rejects if that fails, or the node has no lease. */
export type Arrive = (arrival: Arrival) => Promise<Welcome | undefined>;

export function createArrivals(database: RouterDatabase, holder: Readonly<LeaseHolder>): Arrive {
  return createBatches({
    storeAll: (all) => database.run((shared) => markConnected(shared, holder, all, LONGEST_WAIT)),
    storeOne: (one) =>
      database.runFor(one.user_id, async (shared) => {
        const [welcome] = await markConnected(shared, holder, [one], null);
        return welcome;
      }),
  });
}
