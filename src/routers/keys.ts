import { sql } from 'kysely';
import type { OfRouter } from '../database/models.ts';
import type { Database } from '../database/pool.ts';
import {
  type TenantTransaction,
  becomeTenant,
  credentialTransaction,
} from '../database/transaction.ts';
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
 * that has just been linked again would take the message as meant for it.
 */
export function findKeyHolder(
  database: Database,
  fingerprint: Buffer,
): Promise<KeyHolder | undefined> {
  return credentialTransaction(database, fingerprint, async (transaction) => {
    const key = await transaction
      .selectFrom('router_keys')
      .select(['user_id', 'router_id', 'revoked_at'])
      .where('fingerprint', '=', fingerprint)
      .executeTakeFirst();
    if (key === undefined) return undefined;
    if (key.router_id === null) return { state: 'unlinked' };
    await becomeTenant(transaction, key.user_id);
    const user = await transaction
      .selectFrom('users')
      .leftJoin('router_keys as current', (join) =>
        join
          .onRef('current.user_id', '=', 'users.id')
          .on('current.router_id', '=', key.router_id)
          .on('current.revoked_at', 'is', null),
      )
      .select(['users.is_active', 'current.fingerprint'])
      .where('users.id', '=', key.user_id)
      .executeTakeFirst();
    if (user?.is_active !== true) return undefined;
    if (user.fingerprint === null) return { state: 'unlinked' };
    return key.revoked_at === null
      ? { state: 'linked', user_id: key.user_id, router_id: key.router_id }
      : undefined;
  });
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
