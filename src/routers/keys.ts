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

/** Whose a key is that somebody dials in with. */
export type KeyHolder =
  | { state: 'linked'; userId: string; routerId: string }
  /** It was once: this router is told `unlink`, and nothing else. */
  | { state: 'unlinked' };

/**
 * Whose router dials in with the key of this fingerprint. Undefined for a key that nobody linked, for one
 * that a newer key of the same router replaced, and while the user is inactive: then there is nothing to
 * say. Above all not `unlink`: the router that has just been linked anew would take it for its own.
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
      ? { state: 'linked', userId: key.user_id, routerId: key.router_id }
      : undefined;
  });
}

/** Gives a router its key; the one before is revoked. Throws ConflictError for a key linked before. */
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
  // Whoever's it was: a key says which router dials in, so it can never come to mean another one.
  if (inserted.numInsertedOrUpdatedRows === 0n)
    throw new ConflictError('This key was linked before: make a new one on the router.');
}

/** From now on nobody dials in as this router. */
export async function revokeKeys(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<void> {
  await transaction
    .updateTable('router_keys')
    .set({ revoked_at: sql`now()` })
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id)
    .where('revoked_at', 'is', null)
    .execute();
}
