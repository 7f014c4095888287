import type { Database } from '../database/pool.ts';
import { inLaneOf, patiently } from '../database/lane.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';
import { createTurns } from '../database/turns.ts';

/** Of the places that routers have: who logs in would wait behind everybody's scan, once for each question. */
const SCANS = { what: 'scans', most: 4, mostOfOne: 2, mostWaiting: 0, longestWaitMs: 0 };

/**
 * The database as the routers use it. What they report would be lost if it were refused, so it waits for as long as it takes;
 * it counts for their user. Together they have a part of the connections only (`mostPatient` in pool.ts): thousands of
 * routers may want the database at the same moment, when a power cut ends or the service restarts.
 */
export interface RouterDatabase {
  /** For nobody in particular: all of these wait in one row. */
  run: <Result>(work: (database: Database) => Promise<Result>) => Promise<Result>;
  /** For a user, by a function of the database that makes its transaction the user's; or for many at once, by a name of their own. */
  runFor: <Result>(owner: string, work: (database: Database) => Promise<Result>) => Promise<Result>;
  /** The same for a scan: few at a time, as it is the longest that a router asks for, and thousands may come at once. */
  runScan: <Result>(
    userId: string,
    work: (database: Database) => Promise<Result>,
  ) => Promise<Result>;
  asUser: <Result>(
    userId: string,
    work: (transaction: TenantTransaction) => Promise<Result>,
  ) => Promise<Result>;
}

export function routerDatabase(database: Database): RouterDatabase {
  const scans = createTurns(SCANS);
  const runFor: RouterDatabase['runFor'] = (owner, work) =>
    patiently(() => inLaneOf(owner, () => work(database)));
  return {
    run: (work) => patiently(() => work(database)),
    runFor,
    runScan: (userId, work) => scans.run(userId, () => runFor(userId, work), true),
    asUser: (userId, work) => patiently(() => tenantTransaction(database, userId, work)),
  };
}
