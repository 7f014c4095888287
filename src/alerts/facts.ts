/** What holds now of what an event is about. */
import { sql } from 'kysely';
import { accessOf, presentInstant } from '../access/answers.ts';
import { loadHome } from '../access/load-home.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { findSameOf } from '../devices/newcomers.ts';
import {
  type AlertEvent,
  type DeviceFacts,
  type Facts,
  type RouterFacts,
  thingOf,
} from './alerts-of.ts';

type Of = { userId: string; memberId: string };

export async function loadFacts(
  transaction: TenantTransaction,
  { userId, memberId }: Of,
  event: AlertEvent,
): Promise<Facts> {
  const { routerId, subjectId, type } = event;
  const thing = thingOf(event);
  return {
    now: Date.now(),
    router: routerId === null ? undefined : await findRouterFacts(transaction, userId, routerId),
    device:
      type === 'device.discovered' && subjectId !== null
        ? await findDeviceFacts(transaction, userId, subjectId)
        : undefined,
    told:
      thing === undefined ? undefined : await findTold(transaction, { userId, memberId }, thing),
  };
}

async function findRouterFacts(
  transaction: TenantTransaction,
  userId: string,
  routerId: string,
): Promise<RouterFacts | undefined> {
  const { rows } = await sql<RouterFacts>`
    select r.router_id as id, coalesce(r.router_name, r.router_id) as name, r.is_active as "isLinked",
      ${milliseconds('r.created_at')} as "linkedAt", r.is_connected as "isConnected", ${milliseconds('r.last_seen')} as "lastSeen",
      p.applied_revision as "appliedRevision", ${milliseconds('p.applied_at')} as "appliedAt"
    from user_routers r
    join router_policies p on p.user_id = r.user_id and p.router_id = r.router_id
    where r.user_id = ${userId} and r.router_id = ${routerId}`.execute(transaction);
  return rows[0];
}

async function findDeviceFacts(
  transaction: TenantTransaction,
  userId: string,
  deviceId: string,
): Promise<DeviceFacts | undefined> {
  const { rows } = await sql<Omit<DeviceFacts, 'isQuarantined' | 'sameAs'>>`
    select id, router_id as "routerId", coalesce(device_name, hostname, mac::text, host(ip)) as name, mac::text, hostname,
      manufacturer, coalesce(is_random_mac(mac), false) as "hasRandomMac", is_new as "isNew", is_router as "isRouter"
    from devices_now
    where user_id = ${userId} and id = ${deviceId} and shown_as is null`.execute(transaction);
  const [device] = rows;
  if (device === undefined) return undefined;
  const { id, hostname, hasRandomMac, isNew } = device;
  const newcomer = { id, hostname, has_random_mac: hasRandomMac, is_new: isNew };
  const same = (await findSameOf(transaction, userId, [newcomer])).get(id);
  return {
    ...device,
    isQuarantined: await isQuarantined(transaction, userId, id),
    sameAs: same === undefined ? null : { id: same.device_id, name: same.name },
  };
}

async function isQuarantined(
  transaction: TenantTransaction,
  userId: string,
  deviceId: string,
): Promise<boolean> {
  const loaded = await loadHome(transaction, { user_id: userId, device_ids: [deviceId] });
  return loaded.devices.some((device) => {
    const { access, because } = accessOf(loaded, device, presentInstant());
    return access === 'block' && because.kind === 'new_device';
  });
}

/** The last alert about the thing, on any of the person's channels in the home. */
async function findTold(
  transaction: TenantTransaction,
  { userId, memberId }: Of,
  thing: string,
): Promise<Facts['told']> {
  const { rows } = await sql<{ kind: string; at: number; since: string | null }>`
    select kind, ${milliseconds('created_at')} as at, message #>> '{facts,since}' as since from alert_deliveries
    where user_id = ${userId} and member_id = ${memberId} and thing = ${thing}
    order by id desc limit 1`.execute(transaction);
  const [last] = rows;
  if (last === undefined) return undefined;
  return { ...last, since: last.since === null ? null : Date.parse(last.since) };
}

/** An instant as JavaScript counts. */
function milliseconds(column: string) {
  return sql`extract(epoch from ${sql.ref(column)})::float8 * 1000`;
}
