/** Boxes that pass for one another: two with one key, two routers with one MAC, one whose MAC has changed. */
import { sql } from 'kysely';
import { recordAudit } from '../activity/record-audit.ts';
import type { OfRouter, Router } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';

/** A router that connects this often within an hour has a line that fails, or a second box takes turns with it. */
const MANY_CONNECTIONS = 6;
const HOUR_MS = 3_600_000;

/**
 * A connection was replaced by a newer one of the same key, and the router still answers on it: two boxes have the key. The audit has it
 * once a day. Does nothing if the router is not connected otherwise, or has another key by now.
 * @param lan_mac of the LAN of the box whose connection was replaced
 */
export async function noteRival(
  transaction: TenantTransaction,
  {
    user_id,
    router_id,
    connection_id,
    fingerprint,
    isSilent = false,
  }: OfRouter & { connection_id: string; fingerprint: Buffer; isSilent?: boolean },
  lan_mac: string,
): Promise<void> {
  const { rows } = await sql<{ lan_mac: string | null; is_news: boolean }>`
    update user_routers r set rival_lan_mac = ${lan_mac}, rival_seen_at = now()
    from (
      select id, rival_seen_at from user_routers
      where user_id = ${user_id} and router_id = ${router_id} and is_connected and connection_id <> ${connection_id} for update
    ) before
    where r.user_id = ${user_id} and r.id = before.id and exists (
      select from router_keys k
      where k.user_id = ${user_id} and k.router_id = ${router_id} and k.fingerprint = ${fingerprint} and k.revoked_at is null)
    returning r.lan_mac, (before.rival_seen_at > now() - interval '1 day') is not true as is_news`.execute(
    transaction,
  );
  const [router] = rows;
  if (router?.is_news !== true || isSilent) return;
  const actor = { userId: user_id, kind: 'router' } as const;
  const lan_macs = [router.lan_mac, lan_mac];
  await recordAudit(transaction, actor, 'router.key_shared', { router_id }, { lan_macs });
}

/** What else may be connected as this router, and with which other ones it may be confused. */
export type LookAlikes = {
  rival: { lan_mac: string; seen_at: string } | null;
  is_flapping: boolean;
  has_other_lan_mac: boolean;
  same_lan_mac: string[];
};

/** @param routers all of its user */
export function lookAlikesOf(router: Router, routers: readonly Router[]): LookAlikes {
  const { router_id, lan_mac, rival_lan_mac, rival_seen_at, connections, connected_at } = router;
  return {
    rival:
      rival_lan_mac !== null && rival_seen_at !== null && isRecent(rival_seen_at)
        ? { lan_mac: rival_lan_mac, seen_at: rival_seen_at }
        : null,
    is_flapping: connections >= MANY_CONNECTIONS && isRecent(connected_at),
    has_other_lan_mac:
      lan_mac !== null &&
      /^mac-[\da-f]{12}$/.test(router_id) &&
      router_id !== `mac-${lan_mac.replaceAll(':', '')}`,
    same_lan_mac: routers
      .filter(
        (other) =>
          router.is_active &&
          other.is_active &&
          lan_mac !== null &&
          other.lan_mac === lan_mac &&
          other.router_id !== router_id,
      )
      .map((other) => other.router_id),
  };
}

function isRecent(moment: string | null): boolean {
  return moment !== null && Date.now() - Date.parse(moment) < HOUR_MS;
}
