import { sql } from 'kysely';
import { recordAudit } from '../activity/record-audit.ts';
import type { OfRouter, PairingCode, Router } from '../database/models.ts';
import type { Database } from '../database/pool.ts';
import { requireRoomFor } from '../database/quotas.ts';
import {
  type TenantTransaction,
  becomeTenant,
  credentialTransaction,
} from '../database/transaction.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { hashCode } from './code.ts';
import { replaceKey } from './keys.ts';
import { type PublicKey, fingerprintText } from './public-key.ts';
import { forgetApplied, forgetDial } from './unlinking.ts';

/** A router that presents a pairing code. */
export type CodeUse = {
  code: string;
  /** The same each time, whatever happens to the router's disk: how it is recognised. */
  routerId: string;
  /** The key that it was linked with before, if it has one: then it is the same router. */
  previousKey?: PublicKey | undefined;
};

/** What a router that dials in sends when it is linked. */
export type Registration = CodeUse & { publicKey: PublicKey; name?: string | undefined };

/**
 * Links a router to the user who asked for the code, all of it or nothing. A router that was linked before
 * keeps its devices and its policy. The same code from the same router with the same key gets the same result
 * while the code works, as the response may have been lost.
 * Throws NotFoundError for a wrong or expired code, ConflictError for a used one and for a second router with the id of
 * one that is connected.
 */
export function registerRouter(
  database: Database,
  { publicKey, name, ...use }: Registration,
): Promise<{ userId: string; routerId: string }> {
  const registered = ({ user_id, router_id }: OfRouter) => ({
    userId: user_id,
    routerId: router_id,
  });
  return useCode(database, use, {
    repeat: async (transaction, router) =>
      (await hasKey(transaction, router, publicKey)) ? registered(router) : undefined,
    link: async (transaction, router, homeId) => {
      await requireRoomForRouter(transaction, router);
      await refuseSecondRouter(transaction, router, [publicKey, use.previousKey]);
      await linkRouter(transaction, router, { publicKey, name, homeId });
      return registered(router);
    },
  });
}

/** What using a code does: the first time it links; later it may repeat the result. */
type Linking<Result> = {
  repeat: (transaction: TenantTransaction, router: OfRouter) => Promise<Result | undefined>;
  link: (
    transaction: TenantTransaction,
    router: OfRouter,
    homeId: string | null,
  ) => Promise<Result>;
};

/** Uses up a pairing code, for one router. Throws like `registerRouter`. */
export function useCode<Result>(
  database: Database,
  { code, routerId }: CodeUse,
  { repeat, link }: Linking<Result>,
): Promise<Result> {
  return credentialTransaction(database, hashCode(code), async (transaction) => {
    const pairing = await lockCode(transaction, code);
    const router = { user_id: pairing.user_id, router_id: routerId };
    if (pairing.used_at !== null) {
      const again = pairing.router_id === routerId ? await repeat(transaction, router) : undefined;
      if (again !== undefined) return again;
      throw new ConflictError('This code was already used: ask for a new one.');
    }
    if (pairing.home_id !== null) await refuseOtherHome(transaction, router, pairing.home_id);
    const result = await link(transaction, router, pairing.home_id);
    await transaction
      .updateTable('pairing_codes')
      .set({ used_at: sql`now()`, router_id: routerId })
      .where('user_id', '=', pairing.user_id)
      .where('id', '=', pairing.id)
      .execute();
    return result;
  });
}

/** A code of one home takes no router from another. Throws ConflictError. */
async function refuseOtherHome(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  homeId: string,
): Promise<void> {
  const other = await transaction
    .selectFrom('user_routers')
    .select('router_id')
    .where((row) => row.and({ user_id, router_id }))
    .where('home_id', '<>', homeId)
    .executeTakeFirst();
  if (other !== undefined)
    throw new ConflictError(
      `This code is for another home than that of ${router_id}: the owner of both can move the router to this home, then try again.`,
    );
}

/**
 * Two routers may have the same MAC, from the factory or by a restored backup, and so the same id. Throws ConflictError if
 * the router of this id is connected and has none of these keys. One that is not connected may have lost its key.
 */
export async function refuseSecondRouter(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  keys: readonly (PublicKey | undefined)[],
): Promise<void> {
  const { rows } = await sql<Pick<Router, 'router_name'> & { lines: (string | null)[] }>`
    select router_name, array[k.public_key, d.host_key]::text[] as lines
    from user_routers r
    left join router_keys k on k.user_id = r.user_id and k.router_id = r.router_id and k.revoked_at is null
    left join router_dials d on d.user_id = r.user_id and d.router_id = r.router_id
    where r.user_id = ${user_id} and r.router_id = ${router_id} and r.is_active and r.is_connected`.execute(
    transaction,
  );
  const [connected] = rows;
  if (connected === undefined || keys.some((key) => key && connected.lines.includes(key.line)))
    return;
  throw new ConflictError(
    `Another router is linked and connected as ${router_id} (${connected.router_name ?? 'without a name'}). If this is a second one, give it an id of its own: the line "router_id NAME" in its /etc/netpilot/config. If it replaces the first one, unlink that one first.`,
  );
}

/**
 * Links a router to the transaction's user; from then on it dials in with this key only.
 * Throws ConflictError for a key that was linked before.
 */
export async function linkRouter(
  transaction: TenantTransaction,
  router: OfRouter,
  {
    publicKey,
    name,
    homeId = null,
  }: Pick<Registration, 'publicKey' | 'name'> & { homeId?: string | null },
): Promise<void> {
  await activateRouter(transaction, router, name, homeId);
  await replaceKey(transaction, router, publicKey);
  await forgetDial(transaction, router);
  await forgetApplied(transaction, router);
  await recordLinked(transaction, router, { fingerprint: fingerprintText(publicKey) });
}

/** Audits that a router was linked, with the fingerprint of the key that identifies it. */
export async function recordLinked(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  details: { fingerprint: string } | { host_key_fingerprint: string },
): Promise<void> {
  const actor = { userId: user_id, kind: 'router' } as const;
  await recordAudit(transaction, actor, 'router.linked', { router_id }, details);
}

/** The row of an active user's code; of two simultaneous requests, one waits here for the other. */
async function lockCode(transaction: TenantTransaction, code: string): Promise<PairingCode> {
  const hash = hashCode(code);
  const known = await transaction
    .selectFrom('pairing_codes')
    .select('user_id')
    .where('code_hash', '=', hash)
    .executeTakeFirst();
  if (known !== undefined) await becomeTenant(transaction, known.user_id);
  return transaction
    .selectFrom('pairing_codes')
    .innerJoin('users', 'users.id', 'pairing_codes.user_id')
    .selectAll('pairing_codes')
    .where('code_hash', '=', hash)
    .where('expires_at', '>', sql<string>`now()`)
    .where('users.is_active', '=', true)
    .forUpdate('pairing_codes')
    .executeTakeFirstOrThrow(() => new NotFoundError('working pairing code', code));
}

async function hasKey(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  { fingerprint }: PublicKey,
): Promise<boolean> {
  const key = await transaction
    .selectFrom('router_keys')
    .select('fingerprint')
    .where((row) => row.and({ user_id, router_id, fingerprint }))
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return key !== undefined;
}

/** Throws QuotaExceededError if this is a router more, and the user has as many as one may have. */
export async function requireRoomForRouter(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<void> {
  const known = await transaction
    .selectFrom('user_routers')
    .select('id')
    .where((row) => row.and({ user_id, router_id }))
    .executeTakeFirst();
  if (known === undefined) await requireRoomFor(transaction, 'routers');
}

/**
 * Creates the router, or makes it active again. A name that a person gave it stays, and so does its home.
 * @param homeId where a new one is; null: in the user's first home
 */
export async function activateRouter(
  transaction: TenantTransaction,
  router: OfRouter,
  name: string | undefined,
  homeId: string | null,
): Promise<void> {
  await transaction
    .insertInto('user_routers')
    .values({ ...router, router_name: name ?? null, ...(homeId !== null && { home_id: homeId }) })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'router_id']).doUpdateSet((row) => ({
        is_active: true,
        // It has another key from now on.
        connections: 0,
        rival_lan_mac: null,
        rival_seen_at: null,
        router_name: row.fn.coalesce('user_routers.router_name', 'excluded.router_name'),
      })),
    )
    .execute();
}
