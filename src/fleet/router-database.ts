import type { Database } from '../database/pool.ts';
import { inLaneOf, patiently } from '../database/lane.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';

/**
 * The database as the routers use it. What they report would be lost if it were refused, so it waits for as long as it takes;
 * it counts for their user. Together they have a part of the connections only (`mostPatient` in pool.ts): thousands of
 * routers may want the database at the same moment, when a power cut ends or the service restarts.
 */
export interface RouterDatabase {
  /** For nobody in particular. */
  run: <Result>(work: (database: Database) => Promise<Result>) => Promise<Result>;
  /** For a user, by a function of the database that makes its transaction the user's. */
  runFor: <Result>(
    userId: string,
    work: (database: Database) => Promise<Result>,
  ) => Promise<Result>;
  asUser: <Result>(
    userId: string,
    work: (transaction: TenantTransaction) => Promise<Result>,
  ) => Promise<Result>;
}

export function routerDatabase(database: Database): RouterDatabase {
  return {
    run: (work) => patiently(() => work(database)),
    runFor: (userId, work) => patiently(() => inLaneOf(userId, () => work(database))),
    asUser: (userId, work) => patiently(() => tenantTransaction(database, userId, work)),
  };
}
