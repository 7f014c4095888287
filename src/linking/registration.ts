import { sql } from 'kysely';
import { recordAudit } from '../audit/record.ts';
import type { OfRouter, PairingCode } from '../database/models.ts';
import type { Database } from '../database/pool.ts';
import {
  type TenantTransaction,
  becomeTenant,
  credentialTransaction,
} from '../database/transaction.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { hashCode } from './code.ts';
import { replaceKey } from './keys.ts';
import { type PublicKey, fingerprintText } from './public-key.ts';
import { forgetApplied } from './unlinking.ts';

/** What a router says of itself when it is linked. */
export type Registration = {
  code: string;
  /** The same each time, whatever happens to the router's disk: how it is known again. */
  routerId: string;
  publicKey: PublicKey;
  name?: string | undefined;
};

/**
 * Links a router to the user who asked for the code, all of it or nothing. The same router stays the
 * same one, with its devices and its policy. The same code from the same router with the same key is
 * answered again while the code works, as the answer may have been lost.
 * Throws NotFoundError for a code that is wrong or expired, ConflictError for one that is used.
 */
export function registerRouter(
  database: Database,
  { code, routerId, publicKey, name }: Registration,
): Promise<{ userId: string; routerId: string }> {
  return credentialTransaction(database, hashCode(code), async (transaction) => {
    const pairing = await lockCode(transaction, code);
    const router = { user_id: pairing.user_id, router_id: routerId };
    const registered = { userId: router.user_id, routerId };
    if (pairing.used_at !== null) {
      if (await isRepeated(transaction, pairing, router.router_id, publicKey)) return registered;
      throw new ConflictError('This code was used already: ask for a new one.');
    }
    await linkRouter(transaction, router, { publicKey, name });
    await transaction
      .updateTable('pairing_codes')
      .set({ used_at: sql`now()`, router_id: routerId })
      .where('user_id', '=', pairing.user_id)
      .where('id', '=', pairing.id)
      .execute();
    return registered;
  });
}

/**
 * Makes a router the user's of the transaction, dialling in with this key and no other from then on.
 * Throws ConflictError for a key that was linked before.
 */
export async function linkRouter(
  transaction: TenantTransaction,
  router: OfRouter,
  { publicKey, name }: Pick<Registration, 'publicKey' | 'name'>,
): Promise<void> {
  await activateRouter(transaction, router, name);
  await replaceKey(transaction, router, publicKey);
  await forgetApplied(transaction, router);
  await recordAudit(
    transaction,
    { userId: router.user_id, kind: 'router' },
    {
      action: 'router.linked',
      routerId: router.router_id,
      details: { fingerprint: fingerprintText(publicKey) },
    },
  );
}

/** The code's row, of an active user's; of two requests at once one waits here until the other is done. */
async function lockCode(transaction: TenantTransaction, code: string): Promise<PairingCode> {
  const hash = hashCode(code);
  const known = await transaction
    .selectFrom('pairing_codes')
    .select('user_id')
    .where('code_hash', '=', hash)
    .executeTakeFirst();
  if (known !== undefined) await becomeTenant(transaction, known.user_id);
  const pairing = await transaction
    .selectFrom('pairing_codes')
    .innerJoin('users', 'users.id', 'pairing_codes.user_id')
    .selectAll('pairing_codes')
    .where('code_hash', '=', hash)
    .where('expires_at', '>', sql<string>`now()`)
    .where('users.is_active', '=', true)
    .forUpdate('pairing_codes')
    .executeTakeFirst();
  if (pairing === undefined) throw new NotFoundError('working pairing code', code);
  return pairing;
}

async function isRepeated(
  transaction: TenantTransaction,
  pairing: PairingCode,
  routerId: string,
  { fingerprint }: PublicKey,
): Promise<boolean> {
  if (pairing.router_id !== routerId) return false;
  const key = await transaction
    .selectFrom('router_keys')
    .select('fingerprint')
    .where('user_id', '=', pairing.user_id)
    .where('router_id', '=', routerId)
    .where('fingerprint', '=', fingerprint)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return key !== undefined;
}

/** Makes the router, or finds it again. A name that somebody gave it stays. */
async function activateRouter(
  transaction: TenantTransaction,
  router: OfRouter,
  name: string | undefined,
): Promise<void> {
  await transaction
    .insertInto('user_routers')
    .values({ ...router, router_name: name ?? null })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'router_id']).doUpdateSet((row) => ({
        is_active: true,
        router_name: row.fn.coalesce('user_routers.router_name', 'excluded.router_name'),
      })),
    )
    .execute();
}
