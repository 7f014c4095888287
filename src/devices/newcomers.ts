/** Reads what is known of new devices, and of those that each may be under another MAC. */
import { type RawBuilder, sql } from 'kysely';
import type { TenantTransaction } from '../database/transaction.ts';
import { distinctnessOf, normaliseName } from './device-names.ts';
import { type SameAs, type SameFacts, findSame } from './same-as.ts';

/** Of a page of a crowd, for the first that could be one: nobody looks through more. */
const MOST = 200;

type Newcomer = {
  id: string;
  hostname: string | null;
  has_random_mac: boolean;
  is_new: boolean;
};

/** For each of these devices that is new, the known one that it probably is. At most one round trip; usually none. */
export async function findSameOf(
  transaction: TenantTransaction,
  userId: string,
  devices: readonly Newcomer[],
  most = MOST,
): Promise<Map<string, SameAs>> {
  const ids = devices
    .filter(
      ({ is_new, has_random_mac, hostname }) =>
        is_new && has_random_mac && distinctnessOf(hostname) !== 'none',
    )
    .slice(0, most)
    .map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const known = await selectFacts(transaction, userId, ids);
  const wanted = new Set(ids);
  const alike = Map.groupBy(known, keyOf);
  return new Map(
    known.flatMap((facts) => {
      if (!wanted.has(facts.device_id)) return [];
      const same = findSame(facts, alike.get(keyOf(facts)) ?? []);
      return same === null ? [] : [[facts.device_id, same] as const];
    }),
  );
}

type Known = SameFacts & { router_id: string };

/** Of one router, and of one name. */
function keyOf({ router_id, hostname }: Known): string {
  return JSON.stringify([router_id, normaliseName(hostname ?? '')]);
}

/** These devices, and those of the same routers that have gone and had names like theirs. */
async function selectFacts(
  transaction: TenantTransaction,
  userId: string,
  ids: readonly string[],
): Promise<Known[]> {
  // Collected once for the statement, not searched again for each device.
  const isAmong = (found: RawBuilder<unknown>) => sql`(d.id in ${found} or d.id in (
    select shown_as from user_devices where user_id = ${userId} and shown_as is not null and (id in ${found}) is true))`;
  const blocks = sql`from user_blocked_devices where user_id = ${userId} and is_active`;
  const rules = sql`from access_rules where user_id = ${userId} and is_active`;
  const { rows } = await sql<Known>`
    with newcomer as materialized (
      select router_id, ${LIKENESS} as likeness from user_devices d where user_id = ${userId} and id = any (${ids}::uuid[])
    )
    select d.id as device_id, d.router_id, coalesce(d.device_name, d.hostname) as name, d.hostname, d.is_router, d.is_online,
      extract(epoch from d.first_seen)::float8 * 1000 as first_seen, extract(epoch from d.last_seen)::float8 * 1000 as last_seen,
      d.place ->> 'network' as network, d.place ->> 'ssid' as ssid, not d.is_new as is_reviewed,
      (is_random_mac(d.mac) or d.id in (
        select shown_as from user_devices where user_id = ${userId} and shown_as is not null and is_random_mac(mac))) is true as has_changing_mac,
      ((d.router_id, d.mac) in (select router_id, device_mac ${blocks} and device_mac is not null)
        or ${isAmong(sql`(select device_id ${blocks} and device_id is not null)`)}) is true as is_blocked,
      (${isAmong(sql`(select device_id ${rules} and device_id is not null)`)}
        or d.person_id in (select person_id ${rules} and person_id is not null)) is true as has_rules
    from devices_now d
    where d.user_id = ${userId} and d.shown_as is null and d.router_id in (select router_id from newcomer)
      and (d.id = any (${ids}::uuid[])
        or not d.is_online and (d.router_id, ${LIKENESS}) in (select router_id, likeness from newcomer))`.execute(
    transaction,
  );
  return rows;
}

/** Names that are the same have the same one; `normaliseName` is exact. */
const LIKENESS = sql`regexp_replace(lower(split_part(d.hostname, '.', 1)), '[^[:alnum:]]+', '', 'g')`;

/**
 * Notes of all new devices of a home that they are welcome, but not of those that probably are one that is blocked or has rules, under
 * another MAC. The policies of the home are locked.
 */
export async function approveNewcomers(
  transaction: TenantTransaction,
  { user_id, home_id, online }: { user_id: string; home_id: string; online: boolean },
): Promise<{ reviewed: number; left: { router_id: string; device_id: string }[] }> {
  const { rows: all } = await sql<
    Newcomer & { router_id: string; mac: string | null; is_online: boolean }
  >`
    select id, router_id, mac, hostname, is_new, is_online, coalesce(is_random_mac(mac), false) as has_random_mac
    from devices_now
    where user_id = ${user_id} and home_id = ${home_id} and is_new and shown_as is null
    order by id`.execute(transaction);
  const here = new Set(all.filter(({ is_online }) => is_online).map(({ mac, id }) => mac ?? id));
  const rows = online ? all.filter(({ mac, id }) => here.has(mac ?? id)) : all;
  const same = await findSameOf(transaction, user_id, rows, Infinity);
  const suspects = rows.filter(({ id }) =>
    same.get(id)?.reasons.some(({ code }) => code === 'was_blocked' || code === 'had_rules'),
  );
  // At every router that knows it.
  const macs = new Set(suspects.map(({ mac }) => mac));
  const left = rows.filter(({ mac }) => mac !== null && macs.has(mac));
  const ids = rows.filter((row) => !left.includes(row)).map(({ id }) => id);
  await sql`
    update user_devices set reviewed_at = now()
    where user_id = ${user_id} and id = any (${ids}::uuid[]) and reviewed_at is null`.execute(
    transaction,
  );
  return {
    reviewed: ids.length,
    left: left.map(({ id, router_id }) => ({ router_id, device_id: id })),
  };
}
