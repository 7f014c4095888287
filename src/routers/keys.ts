import { sql } from 'kysely';
import type { OfRouter } from '../database/models.ts';
import type { Database } from '../database/pool.ts';
import { PREPARED } from '../database/prepared.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError } from '../errors.ts';
import type { PublicKey } from './public-key.ts';

/** The router that a key belongs to. */
export type KeyHolder =
  | ({ state: 'linked' } & OfRouter)
  /** The key's router was unlinked: it is told to unlink, and nothing else. */
  | { state: 'unlinked' };

/**
 * The router that dials in with the key of this fingerprint. Undefined for a key that was never linked, for one
 * that a newer key of the same router replaced, and while the user is inactive. Not `unlinked` then: a router
 * that has just been linked again would take the message as meant for it. One round trip: key_holder() makes the
 * transaction the key's, and its user's.
 */
export async function findKeyHolder(
  database: Database,
  fingerprint: Buffer,
): Promise<KeyHolder | undefined> {
  const { rows } = await sql<KeyHolder>`${PREPARED}
    select state, user_id, router_id from key_holder(${fingerprint})`.execute(database);
  const [holder] = rows;
  return holder?.state === 'unlinked' ? { state: 'unlinked' } : holder;
}

/** Sets a router's key; the previous one is revoked. Throws ConflictError for a key that was linked before. */
export async function replaceKey(
  transaction: TenantTransaction,
  router: OfRouter,
  { line, fingerprint }: PublicKey,
): Promise<void> {
  await revokeKeys(transaction, router);
  const inserted = await transaction
    .insertInto('router_keys')
    .values({ ...router, fingerprint, public_key: line })
    .onConflict((conflict) => conflict.column('fingerprint').doNothing())
    .executeTakeFirst();
  // To any user: a key identifies the router that dials in, so it must never come to mean another one.
  if (inserted.numInsertedOrUpdatedRows === 0n)
    throw new ConflictError('This key was linked before: make a new one on the router.');
}

/** From now on no key dials in as this router. */
export async function revokeKeys(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<void> {
  await transaction
    .updateTable('router_keys')
    .set({ revoked_at: sql`now()` })
    .where((row) => row.and({ user_id, router_id }))
    .where('revoked_at', 'is', null)
    .execute();
}
