import { type IsolationLevel, type Transaction, sql } from 'kysely';
import { inLaneOf } from './lane.ts';
import type { Database } from './pool.ts';
import type { DB } from './schema.generated.ts';

/** What every query takes: there is no other way to one than the functions of this file. */
export type TenantTransaction = Transaction<DB>;

type Settings = Partial<
  Record<
    'user_id' | 'credential' | 'session_name' | 'sign_in_subject' | 'sign_in_email' | 'maintenance',
    string
  >
> & { timeoutMs?: number };

/**
 * Runs `work` as one user: it sees and writes that user's rows only, all of it or nothing. It counts for the user's
 * share of the connections: within it, do not begin another one.
 * @param userId the user's id, or that of a user about to be made
 * @param timeoutMs longest that one of its statements may run; the pool's by default
 */
export function tenantTransaction<Result>(
  database: Database,
  userId: string,
  work: (transaction: TenantTransaction) => Promise<Result>,
  timeoutMs?: number,
): Promise<Result> {
  return inLaneOf(userId, () =>
    transactionWith(database, { user_id: userId, ...(timeoutMs && { timeoutMs }) }, work),
  );
}

/** Runs `work` with access to the one row that holds this SHA-256 of a presented secret. */
export function credentialTransaction<Result>(
  database: Database,
  hash: Buffer,
  work: (transaction: TenantTransaction) => Promise<Result>,
): Promise<Result> {
  return transactionWith(database, { credential: hash.toString('hex') }, work);
}

/** Runs `work` with sight of the one session that has this public name. */
export function sessionTransaction<Result>(
  database: Database,
  sessionName: string,
  work: (transaction: TenantTransaction) => Promise<Result>,
): Promise<Result> {
  return transactionWith(database, { session_name: sessionName }, work);
}

/** Runs `work` with sight of the user an issuer has vouched for, before it is known who that is. */
export function signInTransaction<Result>(
  database: Database,
  identity: { subject: string; email: string },
  work: (transaction: TenantTransaction) => Promise<Result>,
): Promise<Result> {
  return transactionWith(
    database,
    { sign_in_subject: identity.subject, sign_in_email: identity.email },
    work,
  );
}

/**
 * Runs `work` on every tenant's rows. Only a database opened as the owner has any use of it: for
 * the service's role it opens nothing.
 */
export function maintenanceTransaction<Result>(
  database: Database,
  work: (transaction: TenantTransaction) => Promise<Result>,
  isolation: IsolationLevel = 'read committed',
): Promise<Result> {
  return transactionWith(database, { maintenance: 'on' }, work, isolation);
}

/** Runs `work` with sight of nothing, until `authenticate()` or `becomeTenant` makes the transaction somebody's. */
export function nobodysTransaction<Result>(
  database: Database,
  work: (transaction: TenantTransaction) => Promise<Result>,
): Promise<Result> {
  return database.transaction().execute(work);
}

/** Makes the rest of a transaction that of a user who has become known within it. */
export async function becomeTenant(transaction: TenantTransaction, userId: string): Promise<void> {
  await configure(transaction, { user_id: userId });
}

function transactionWith<Result>(
  database: Database,
  settings: Settings,
  work: (transaction: TenantTransaction) => Promise<Result>,
  isolation?: IsolationLevel,
): Promise<Result> {
  const builder = database.transaction();
  return (isolation ? builder.setIsolationLevel(isolation) : builder).execute(
    async (transaction) => {
      await configure(transaction, settings);
      return work(transaction);
    },
  );
}

/** Local to the transaction (the third argument), so that a pooled connection carries nothing over. */
async function configure(
  transaction: TenantTransaction,
  { timeoutMs, ...settings }: Settings,
): Promise<void> {
  const calls = Object.entries(settings).map(
    ([name, value]) => sql`set_config(${`netpilot.${name}`}, ${value}, true)`,
  );
  if (timeoutMs !== undefined)
    calls.push(sql`set_config('statement_timeout', ${String(timeoutMs)}, true)`);
  await sql`select ${sql.join(calls)}`.execute(transaction);
}
