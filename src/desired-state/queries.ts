import { sql } from 'kysely';
import type { OfRouter } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { macsBehind } from '../devices/parts.ts';
import { recordEvent } from '../events/record.ts';
import type { Rules } from '../policy/queries.ts';
import type { Refusal } from '../router-channel/messages.ts';
import { type Entry, compileDocument } from './document.ts';

/** What a router is to do, and what it was last known to do. */
export type DesiredState = {
  policy_revision: number;
  applied_revision: number;
  /** The connection that counts; another one has been replaced. */
  connection_id: string | null;
  /** False where a newer key of the router's has replaced the one it logged in with. */
  is_key_current: boolean;
  document: string[];
};

type DesiredRow = Rules &
  Omit<DesiredState, 'document'> & { blocks: Entry[]; listed: Entry[]; own: string[] };

/**
 * What a router is to do. Undefined where it is unlinked or deleted.
 * @param fingerprint of the key that it logged in with; undefined where it was dialled
 */
export async function findDesiredState(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  fingerprint: Buffer | undefined,
): Promise<DesiredState | undefined> {
  const entries = (table: string) => sql`
    (select coalesce(json_agg(json_build_object(
       'ip', host(entry.device_ip), 'mac', entry.device_mac,
       'device_macs', ${macsBehind('entry')})), '[]')
     from ${sql.table(table)} entry
     where entry.user_id = router.user_id and entry.router_id = router.router_id
       ${table === 'user_whitelists' ? sql`` : sql`and entry.is_active`})`;
  const isKeyCurrent =
    fingerprint === undefined
      ? sql`true`
      : sql`exists (
          select from router_keys key
          where key.user_id = router.user_id and key.router_id = router.router_id
            and key.fingerprint = ${fingerprint} and key.revoked_at is null)`;
  const { rows } = await sql<DesiredRow>`
    select policy.policy_revision, policy.applied_revision, router.connection_id, policy.mode,
      ${isKeyCurrent} as is_key_current,
      policy.whitelist_limit_rate, policy.whitelist_full_rate,
      policy.blacklist_limit_rate, policy.blacklist_full_rate,
      ${entries('user_blocked_devices')} as blocks,
      case policy.mode
        when 'whitelist' then ${entries('user_whitelists')}
        when 'blacklist' then ${entries('user_blacklists')}
        else '[]'
      end as listed,
      array(
        select router.lan_mac::text where router.lan_mac is not null
        union select host(router.router_ip) where router.router_ip is not null
        union select device.mac::text from user_devices device
          where device.user_id = router.user_id and device.router_id = router.router_id
            and device.is_router and device.mac is not null) as own
    from user_routers router
    join router_policies policy using (user_id, router_id)
    where router.user_id = ${user_id} and router.router_id = ${router_id} and router.is_active`.execute(
    transaction,
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { blocks, listed, own, ...rest } = row;
  return { ...rest, document: compileDocument({ rules: row, blocks, listed, own }) };
}

/** The router has confirmed a revision; whoever watches hears of it. Nothing where the policy never had that one. */
export async function storeApplied(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  revision: number,
): Promise<void> {
  const { numUpdatedRows } = await transaction
    .updateTable('router_policies')
    .set({
      applied_revision: revision,
      applied_at: sql`now()`,
      refused_revision: null,
      refused_reason: null,
    })
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id)
    .where('policy_revision', '>=', revision)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return;
  await recordEvent(transaction, {
    type: 'policy.applied',
    routerId: router_id,
    data: { applied_revision: revision },
  });
}

/** The router did not take a revision; what it had before still holds. */
export async function storeRefused(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  revision: number,
  reason: Refusal,
): Promise<void> {
  await transaction
    .updateTable('router_policies')
    .set({ refused_revision: revision, refused_reason: reason })
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id)
    .execute();
  await recordEvent(transaction, {
    type: 'policy.refused',
    routerId: router_id,
    data: { policy_revision: revision, reason },
  });
}

/** The router does not do what it once confirmed: nothing counts as confirmed until it says so again. */
export async function forgetApplied(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<void> {
  await transaction
    .updateTable('router_policies')
    .set({ applied_revision: 0, applied_at: null })
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id)
    .where('applied_revision', '>', 0)
    .execute();
}
