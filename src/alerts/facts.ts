/** What holds now of what an event is about. */
import { sql } from 'kysely';
import { accessOf } from '../access/answers.ts';
import { loadHome } from '../access/load-home.ts';
import { instant, millisecondsOf } from '../database/instants.ts';
import { deviceNameOf } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { findSameOf } from '../devices/newcomers.ts';
import {
  type AlertEvent,
  type DeviceFacts,
  type Facts,
  type KnownDevice,
  type RouterFacts,
  type WatchedFacts,
  thingOf,
} from './alerts-of.ts';
import type { Listener } from './listener.ts';

/** Longer than that a phone does not sleep: it is away. */
const LONGEST_NAP_MINUTES = 30;

/** @param now milliseconds of the epoch */
export async function loadFacts(
  transaction: TenantTransaction,
  listener: Listener,
  event: AlertEvent,
  now: number,
): Promise<Facts> {
  const { routerId, subjectId: id, type } = event;
  const { userId } = listener;
  const thing = thingOf(event);
  const isPresence = type === 'device.online' || type === 'device.offline';
  return {
    now,
    router: routerId === null ? undefined : await findRouter(transaction, userId, routerId, now),
    device:
      type === 'device.discovered' && id !== null
        ? await findDevice(transaction, userId, id, now)
        : undefined,
    watched:
      isPresence && id !== null ? await findWatched(transaction, listener, id, now) : undefined,
    told: thing === undefined ? undefined : await findTold(transaction, listener, thing),
  };
}

async function findRouter(
  transaction: TenantTransaction,
  userId: string,
  routerId: string,
  now: number,
): Promise<RouterFacts | undefined> {
  const { rows } = await sql<RouterFacts>`
    select r.router_id as id, coalesce(r.router_name, r.router_id) as name, r.is_active as "isLinked",
      ${millisecondsOf('r.created_at')} as "linkedAt", r.is_connected as "isConnected", ${millisecondsOf('r.connected_at')} as "connectedAt",
      p.applied_revision as "appliedRevision", ${millisecondsOf('p.applied_at')} as "appliedAt",
      case when o.kind = 'away' then ${millisecondsOf('o.from_at')} end as "awaySince",
      case when o.kind = 'internet_down' then ${millisecondsOf('o.from_at')} end as "internetDownSince",
      exists (
        select from router_health h
        where h.user_id = r.user_id and h.router_id = r.router_id and h.loss < 100
          and h.measured_at > ${instant(now)} - interval '5 minutes') as "isAnswered"
    from user_routers r
    join router_policies p on p.user_id = r.user_id and p.router_id = r.router_id
    left join router_outages o on o.user_id = r.user_id and o.router_id = r.router_id and o.until_at is null
    where r.user_id = ${userId} and r.router_id = ${routerId}`.execute(transaction);
  return rows[0];
}

/** Columns of `devices_now d`. */
const KNOWN_DEVICE = sql`
  d.id, d.router_id as "routerId", ${deviceNameOf('d')} as name, d.mac::text, d.hostname, d.manufacturer,
  coalesce(is_random_mac(d.mac), false) as "hasRandomMac", d.is_new as "isNew", d.is_router as "isRouter", d.is_online as "isOnline"`;

async function findDevice(
  transaction: TenantTransaction,
  userId: string,
  deviceId: string,
  now: number,
): Promise<DeviceFacts | undefined> {
  const { rows } = await sql<KnownDevice>`
    select ${KNOWN_DEVICE}, ${millisecondsOf('d.last_seen')} as "lastSeen"
    from devices_now d
    where d.user_id = ${userId} and d.id = ${deviceId} and d.shown_as is null`.execute(transaction);
  const [device] = rows;
  if (device === undefined) return undefined;
  const { id, hostname, hasRandomMac, isNew } = device;
  const newcomer = { id, hostname, has_random_mac: hasRandomMac, is_new: isNew };
  const same = (await findSameOf(transaction, userId, [newcomer])).get(id);
  return {
    ...device,
    isQuarantined: await isQuarantined(transaction, userId, id, now),
    sameAs: same === undefined ? null : { id: same.device_id, name: same.name },
  };
}

async function isQuarantined(
  transaction: TenantTransaction,
  userId: string,
  deviceId: string,
  now: number,
): Promise<boolean> {
  const loaded = await loadHome(transaction, { user_id: userId, device_ids: [deviceId] });
  return loaded.devices.some((device) => {
    const { access, because } = accessOf(loaded, device, Math.floor(now / 1_000));
    return access === 'block' && because.kind === 'new_device';
  });
}

/** A device that the person watches; with all its MACs, at all routers of the home. */
async function findWatched(
  transaction: TenantTransaction,
  { userId, homeId, memberId }: Listener,
  deviceId: string,
  now: number,
): Promise<WatchedFacts | undefined> {
  const { rows } = await sql<WatchedFacts>`
    select ${KNOWN_DEVICE}, chosen.is_home as "isHome",
      extract(epoch from greatest(d.last_seen, other.last_seen))::float8 * 1000 as "lastSeen",
      coalesce(other.is_online, false) as "isElsewhere", nap.longest as "longestNap"
    from devices_now d
    cross join lateral (
      select array(select p.id from user_devices p where p.user_id = d.user_id and d.id in (p.id, p.shown_as)) as ids
    ) part
    join lateral (
      select bool_or(w.is_home) as is_home from alert_watches w
      where w.user_id = d.user_id and w.home_id = ${homeId} and w.member_id = ${memberId} and w.device_id = any (part.ids)
    ) chosen on chosen.is_home is not null
    cross join lateral (
      select bool_or(o.is_online) as is_online, max(o.last_seen) as last_seen from devices_now o
      where o.user_id = d.user_id and o.home_id = d.home_id and o.mac = d.mac and o.id <> d.id and o.shown_as is null
    ) other
    cross join lateral (
      select coalesce(max(g.seconds), 0)::float8 * 1000 as longest from (
        select extract(epoch from s.online_at - lag(s.offline_at) over (order by s.online_at)) as seconds, s.online_at
        from device_presence s
        where s.user_id = d.user_id and s.device_id = any (part.ids) and s.online_at > ${instant(now)} - interval '7 days'
      ) g
      where g.seconds between 0 and ${LONGEST_NAP_MINUTES * 60} and not exists (
        select from router_outages a
        where a.user_id = d.user_id and a.router_id = d.router_id and a.kind = 'away' and a.from_at < g.online_at
          and coalesce(a.until_at, 'infinity') > g.online_at - make_interval(secs => g.seconds::float8))
    ) nap
    where d.user_id = ${userId} and d.home_id = ${homeId} and d.id = ${deviceId} and d.shown_as is null`.execute(
    transaction,
  );
  const [watched] = rows;
  if (watched === undefined || watched.isOnline || watched.isElsewhere) return watched;
  return { ...watched, isElsewhere: await hasNewMac(transaction, userId, homeId, watched) };
}

/** Whether a new device that is online is probably this one, under another MAC. */
async function hasNewMac(
  transaction: TenantTransaction,
  userId: string,
  homeId: string,
  { id, hostname }: KnownDevice,
): Promise<boolean> {
  if (hostname === null) return false;
  const { rows: newcomers } = await sql<{ id: string; hostname: string | null }>`
    select d.id, d.hostname from devices_now d
    where d.user_id = ${userId} and d.home_id = ${homeId} and d.is_new and d.is_online and d.shown_as is null
      and lower(d.hostname) = lower(${hostname}) and is_random_mac(d.mac)
    limit 20`.execute(transaction);
  const random = newcomers.map((each) => ({ ...each, has_random_mac: true, is_new: true }));
  const same = await findSameOf(transaction, userId, random);
  return [...same.values()].some(({ device_id }) => device_id === id);
}

/** The last alert about the thing, on any of the person's channels in the home, or held for them. */
async function findTold(
  transaction: TenantTransaction,
  { userId, memberId }: Listener,
  thing: string,
): Promise<Facts['told']> {
  const { rows } = await sql<{ kind: string; at: number; since: string | null }>`
    select kind, ${millisecondsOf('told_at')} as at, since from (
      (select id, kind, created_at as told_at, message #>> '{facts,since}' as since from alert_deliveries
        where user_id = ${userId} and member_id = ${memberId} and thing = ${thing} order by id desc limit 1)
      union all
      (select id, kind, at as told_at, alert #>> '{facts,since}' as since from alert_held
        where user_id = ${userId} and member_id = ${memberId} and thing = ${thing} order by id desc limit 1)
    ) told order by id desc limit 1`.execute(transaction);
  const [last] = rows;
  if (last === undefined) return undefined;
  return { ...last, since: last.since === null ? null : Date.parse(last.since) };
}
