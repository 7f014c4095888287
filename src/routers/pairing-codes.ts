import { sql } from 'kysely';
import type { PairingCode } from '../database/models.ts';
import type { Database } from '../database/pool.ts';
import { QUOTAS } from '../database/quotas.ts';
import {
  type TenantTransaction,
  becomeTenant,
  credentialTransaction,
} from '../database/transaction.ts';
import { NotFoundError, TooManyRequestsError } from '../errors.ts';
import { hashCode, makeCode } from './code.ts';

/**
 * Creates a code that links one router to the transaction's user, in the home that was chosen, once, within 10 minutes. It is only
 * returned; the database stores a hash. Throws TooManyRequestsError.
 */
export async function createPairingCode(
  transaction: TenantTransaction,
  userId: string,
): Promise<{ id: string; code: string; expires_at: string }> {
  await refuseTooMany(transaction, userId);
  const code = makeCode();
  const row = await transaction
    .insertInto('pairing_codes')
    .values({ user_id: userId, code_hash: hashCode(code) })
    .returning(['id', 'expires_at'])
    .executeTakeFirstOrThrow();
  return { ...row, code };
}

/**
 * Notes that the script was fetched with a code's line, which has the code's hash. Nothing if there is no such code: who
 * knows a hash can do nothing else with it.
 */
export async function noteFetch(database: Database, hash: Buffer): Promise<void> {
  await credentialTransaction(database, hash, async (transaction) => {
    const code = await transaction
      .selectFrom('pairing_codes')
      .select(['user_id', 'id'])
      .where('code_hash', '=', hash)
      .where('fetched_at', 'is', null)
      .executeTakeFirst();
    if (code === undefined) return;
    await becomeTenant(transaction, code.user_id);
    await transaction
      .updateTable('pairing_codes')
      .set({ fetched_at: sql`now()` })
      .where('user_id', '=', code.user_id)
      .where('id', '=', code.id)
      .execute();
  });
}

/** How far the linking of a router has come. */
export type LinkProgress = Pick<PairingCode, 'id' | 'expires_at' | 'router_id'> & {
  state: 'waiting' | 'expired' | 'fetched' | 'registered' | 'connected';
  device_count: number;
};

/** Throws NotFoundError if the user does not have such a code (any more). */
export function findLinkProgress(
  transaction: TenantTransaction,
  userId: string,
  id: string,
): Promise<LinkProgress> {
  return transaction
    .selectFrom('pairing_codes as code')
    .leftJoin('user_routers as router', (join) =>
      join
        .onRef('router.user_id', '=', 'code.user_id')
        .onRef('router.router_id', '=', 'code.router_id'),
    )
    .select(['code.id', 'code.expires_at', 'code.router_id'])
    .select(
      sql<LinkProgress['state']>`case
        when router.last_seen >= code.used_at then 'connected'
        when code.used_at is not null then 'registered'
        when code.expires_at <= now() then 'expired'
        when code.fetched_at is not null then 'fetched'
        else 'waiting' end`.as('state'),
    )
    .select(
      sql<number>`(select count(*)::integer from devices_now device
        where device.user_id = code.user_id and device.router_id = code.router_id
          and device.last_seen >= code.used_at and not device.is_router)`.as('device_count'),
    )
    .where('code.user_id', '=', userId)
    .where('code.id', '=', id)
    .executeTakeFirstOrThrow(() => new NotFoundError('pairing code', id));
}

async function refuseTooMany(transaction: TenantTransaction, userId: string): Promise<void> {
  // Of two simultaneous requests, one waits here, then counts the code of the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`netpilot.pairing ${userId}`}, 0))`.execute(
    transaction,
  );
  const { count, seconds } = await transaction
    .selectFrom('pairing_codes')
    .select((row) => row.fn.countAll<number>().as('count'))
    .select(sql<number>`ceil(extract(epoch from min(expires_at) - now()))::integer`.as('seconds'))
    .where('user_id', '=', userId)
    .where('expires_at', '>', sql<string>`now()`)
    .executeTakeFirstOrThrow();
  if (count >= QUOTAS.pairing_codes)
    throw new TooManyRequestsError(
      `You already have ${count} codes that work: try again in ${seconds} seconds.`,
      seconds,
      'pairing codes',
    );
}
