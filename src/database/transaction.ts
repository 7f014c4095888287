import { type IsolationLevel, type Transaction, sql } from 'kysely';
import { inLaneOf } from './lane.ts';
import type { Database } from './pool.ts';
import { PREPARED } from './prepared.ts';
import type { DB } from './schema.generated.ts';

/** What every query takes: there is no other way to one than the functions of this file. */
export type TenantTransaction = Transaction<DB>;

type Settings = Partial<
  Record<
    | 'user_id'
    | 'actor_id'
    | 'actor_name'
    | 'home_id'
    | 'credential'
    | 'session_name'
    | 'sign_in_subject'
    | 'sign_in_email'
    | 'maintenance',
    string
  >
> & { timeoutMs?: number | undefined; isReadOnly?: boolean | undefined };

/** Whose rows a transaction sees, and who acts on them. */
export type Tenant = {
  /** The user whose rows they are, or a user about to be made. */
  userId: string;
  /** A member of the user's home who acts; absent: the user. */
  actorId?: string | undefined;
  /** What the member is called there. */
  actorName?: string | undefined;
  /** The one home that it is limited to; absent: all of the user's. */
  homeId?: string | undefined;
  /** PostgreSQL refuses every write. */
  isReadOnly?: boolean | undefined;
};

/**
 * Runs `work` as one user: it sees and writes that user's rows only, all of it or nothing. It counts for the share of the
 * connections of the user who acts: within it, do not begin another one.
 * @param tenant the user's id, or more about whose rows it sees
 * @param timeoutMs longest that one of its statements may run; the pool's by default
 */
export function tenantTransaction<Result>(
  database: Database,
  tenant: string | Tenant,
  work: (transaction: TenantTransaction) => Promise<Result>,
  timeoutMs?: number,
): Promise<Result> {
  const {
    userId,
    actorId = userId,
    ...limits
  } = typeof tenant === 'string' ? { userId: tenant } : tenant;
  return inLaneOf(actorId, () =>
    transactionWith(database, { ...settingsOf({ userId, actorId, ...limits }), timeoutMs }, work),
  );
}

function settingsOf({ userId, actorId, actorName, homeId, isReadOnly }: Tenant): Settings {
  return {
    user_id: userId,
    ...(actorId !== undefined && actorId !== userId && { actor_id: actorId }),
    ...(actorName !== undefined && { actor_name: actorName }),
    ...(homeId !== undefined && { home_id: homeId }),
    isReadOnly,
  };
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

/** Makes the rest of a transaction that of a user, or of a member of their home, who has become known within it. */
export async function becomeTenant(
  transaction: TenantTransaction,
  tenant: string | Tenant,
): Promise<void> {
  await configure(
    transaction,
    settingsOf(typeof tenant === 'string' ? { userId: tenant } : tenant),
  );
}

/** Gives a transaction sight of the one row that holds this SHA-256 of a presented secret, too; undefined: no more. */
export async function presentCredential(
  transaction: TenantTransaction,
  hash: Buffer | undefined,
): Promise<void> {
  await configure(transaction, { credential: hash?.toString('hex') ?? '' });
}

/** Lets the rest of a transaction, of a home's owner, see all their homes. */
export async function leaveHome(transaction: TenantTransaction): Promise<void> {
  await configure(transaction, { home_id: '' });
}

/** A home that a user has entered: as its owner, or as a member. */
export type Entry = {
  ownerId: string;
  role: 'owner' | 'admin' | 'viewer' | 'child';
  personId: string | undefined;
  /** Of the owner, if it is another user. */
  ownerName: string | undefined;
};

/**
 * Makes the rest of a transaction that of a home's owner, limited to this home. Undefined if the user neither owns it nor is a
 * member of it (any more): then it is the user's own.
 */
export async function enterHome(
  transaction: TenantTransaction,
  { actorId, homeId }: { actorId: string; homeId: string },
): Promise<Entry | undefined> {
  const { rows } = await sql<{
    owner_id: string;
    role: Entry['role'];
    person_id: string | null;
    owner_name: string | null;
  }>`select owner_id, role, person_id, owner_name from enter_home(${actorId}, ${homeId})`.execute(
    transaction,
  );
  const [row] = rows;
  return (
    row && {
      ownerId: row.owner_id,
      role: row.role,
      personId: row.person_id ?? undefined,
      ownerName: row.owner_name ?? undefined,
    }
  );
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
  { timeoutMs, isReadOnly = false, ...settings }: Settings,
): Promise<void> {
  const calls = Object.entries(settings).map(
    ([name, value]) => sql`set_config(${`netpilot.${name}`}, ${value}, true)`,
  );
  if (timeoutMs !== undefined)
    calls.push(sql`set_config('statement_timeout', ${String(timeoutMs)}, true)`);
  if (isReadOnly) calls.push(sql`set_config('transaction_read_only', 'on', true)`);
  await sql`${PREPARED}select ${sql.join(calls)}`.execute(transaction);
}
