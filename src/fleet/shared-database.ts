import type { Database } from '../database/pool.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';

/** The database as all routers of a process share it: so many use it at once; the others wait, in order. */
export interface SharedDatabase {
  run: <Result>(work: (database: Database) => Promise<Result>) => Promise<Result>;
  asUser: <Result>(
    userId: string,
    work: (transaction: TenantTransaction) => Promise<Result>,
  ) => Promise<Result>;
}

/**
 * Thousands of routers may want the database at the same moment (a power cut ends, the service restarts):
 * they take turns, instead of running out of connections.
 */
export function shareDatabase(database: Database, most: number): SharedDatabase {
  let running = 0;
  const queue: (() => void)[] = [];
  const run: SharedDatabase['run'] = async (work) => {
    if (running >= most) await new Promise<void>((resolve) => void queue.push(resolve));
    else running += 1;
    try {
      return await work(database);
    } finally {
      const next = queue.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
  return { run, asUser: (userId, work) => run(() => tenantTransaction(database, userId, work)) };
}
