import { sql } from 'kysely';
import {
  type Device,
  type DeviceAddress,
  type DeviceStay,
  type OfRouter,
  type Row,
  devicesOf,
  wholeOf,
} from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';
import { UNKNOWN_ADDRESS } from './address.ts';
import { type ListedDevice, type ShownDevice, selectDevice } from './listing.ts';
import { partIds } from './parts.ts';
import { PART_COLUMNS } from './schema.ts';
import { withAccess } from './with-access.ts';

/** A device's key: its router's id is part of its path. */
export type DeviceKey = OfRouter & Row;

/** The most entries of a device's history that are returned, the newest. */
const MOST_HISTORY = 200;

export type SeenAddress = Pick<DeviceAddress, 'ip' | 'first_seen' | 'last_seen' | 'is_current'> &
  Pick<Device, 'mac'>;
export type Stay = Pick<DeviceStay, 'online_at' | 'offline_at'> & Pick<Device, 'mac'>;
export type Part = Pick<Device, (typeof PART_COLUMNS)[number]>;
/** An entry of another router for the same MAC. */
export type Sighting = Pick<Device, 'router_id' | 'last_seen' | 'is_online'> & {
  device_id: string;
};
export type DeviceDetail = ShownDevice & {
  addresses: SeenAddress[];
  presence: Stay[];
  merged: Part[];
  elsewhere: Sighting[];
};

/**
 * One device with its flags, its addresses, its presence, and the devices merged into it; for one of these, the device
 * that it is part of. Throws NotFoundError if the router does not have it.
 */
export async function findDevice(
  transaction: TenantTransaction,
  key: DeviceKey,
): Promise<DeviceDetail> {
  const row = await selectDevice(transaction, key);
  const [device] = row ? await withAccess(transaction, key.user_id, key.router_id, [row]) : [];
  if (device === undefined) throw new NotFoundError('device', key.id);
  const ids = await partIds(transaction, key);
  return {
    ...device,
    addresses: await listAddresses(transaction, key.user_id, ids),
    presence: await listStays(transaction, key.user_id, ids),
    merged: await listParts(transaction, device),
    elsewhere: await listSightings(transaction, device),
  };
}

/** A device that was imported and not scanned since has its current address only in its own row. */
async function listAddresses(
  transaction: TenantTransaction,
  userId: string,
  ids: string[],
): Promise<SeenAddress[]> {
  const { rows } = await sql<SeenAddress>`
    select ip, mac, first_seen, last_seen, is_current
    from (
      select a.ip, d.mac, a.first_seen, a.is_current,
        case when a.is_online then greatest(a.last_seen, r.devices_seen_at) else a.last_seen end as last_seen
      from user_devices d join device_addresses a on a.user_id = d.user_id and a.device_id = d.id
      join user_routers r on r.user_id = d.user_id and r.router_id = d.router_id
      where d.user_id = ${userId} and d.id = any (${ids})
      union all
      select d.ip, d.mac, d.first_seen, d.holds_ip, d.last_seen
      from user_devices d
      where d.user_id = ${userId} and d.id = any (${ids}) and d.ip <> ${UNKNOWN_ADDRESS} and not exists (
        select from device_addresses a
        where a.user_id = d.user_id and a.device_id = any (${ids}) and a.ip = d.ip)
    ) seen
    order by is_current desc, last_seen desc, ip
    limit ${MOST_HISTORY}`.execute(transaction);
  return rows;
}

async function listStays(
  transaction: TenantTransaction,
  userId: string,
  ids: string[],
): Promise<Stay[]> {
  const { rows } = await sql<Stay>`
    select d.mac, s.online_at,
      coalesce(s.offline_at, case when not r.is_connected and r.last_seen is not null then greatest(s.online_at, r.last_seen) end) as offline_at
    from user_devices d join device_presence s on s.user_id = d.user_id and s.device_id = d.id
    join user_routers r on r.user_id = d.user_id and r.router_id = d.router_id
    where d.user_id = ${userId} and d.id = any (${ids})
    order by s.online_at desc, d.mac
    limit ${MOST_HISTORY}`.execute(transaction);
  return rows;
}

async function listSightings(
  transaction: TenantTransaction,
  { user_id, router_id, macs }: ListedDevice,
): Promise<Sighting[]> {
  const { rows } = await sql<Sighting>`
    select d.router_id, coalesce(d.shown_as, d.id) as device_id, d.last_seen, d.is_online
    from user_routers r join devices_now d on d.user_id = r.user_id and d.router_id = r.router_id
    where r.user_id = ${user_id} and r.router_id <> ${router_id} and d.mac = any (${macs}::macaddr[])
    order by d.last_seen desc, d.router_id
    limit ${MOST_HISTORY}`.execute(transaction);
  return rows;
}

function listParts(transaction: TenantTransaction, { user_id, id }: ListedDevice): Promise<Part[]> {
  return transaction
    .selectFrom('user_devices')
    .select(PART_COLUMNS)
    .where((row) => row.and({ user_id, shown_as: id }))
    .orderBy('id')
    .execute();
}

/**
 * One device, locked until the transaction ends; for a merged one, the device that it is part of. Throws
 * NotFoundError.
 */
export function lockDevice(transaction: TenantTransaction, key: DeviceKey): Promise<Device> {
  return devicesOf(transaction, key)
    .where('id', '=', wholeOf(key.user_id, key.id))
    .forUpdate()
    .executeTakeFirstOrThrow(() => new NotFoundError('device', key.id));
}

/** One row, merged or not, locked until the transaction ends. Throws NotFoundError. */
export function lockRow(transaction: TenantTransaction, key: DeviceKey): Promise<Device> {
  return devicesOf(transaction, key)
    .where('id', '=', key.id)
    .forUpdate()
    .executeTakeFirstOrThrow(() => new NotFoundError('device', key.id));
}

/** Writes what a person can change of a device. */
export async function updateDevice(
  transaction: TenantTransaction,
  { user_id, id }: DeviceKey,
  change: Partial<Pick<Device, 'device_name' | 'device_type'>>,
): Promise<void> {
  await transaction
    .updateTable('user_devices')
    .set(change)
    .where((row) => row.and({ user_id, id }))
    .execute();
}

/** Has its router wake it; a trigger notifies the Commands-Servers. */
export async function requestWake(
  transaction: TenantTransaction,
  { user_id, id }: DeviceKey,
): Promise<void> {
  await transaction
    .updateTable('user_devices')
    .set({ wake_wanted_at: sql`now()` })
    .where((row) => row.and({ user_id, id }))
    .execute();
}

/**
 * Deletes a device and its addresses. List entries and blocks stay, for its MAC or address; rules for it go, and to the other rules of the
 * home it is a new one when it comes back: its routers hear of that.
 */
export async function deleteDevice(
  transaction: TenantTransaction,
  { user_id, id }: DeviceKey,
): Promise<void> {
  await sql`
    select raise_home(r.user_id, r.home_id)
    from user_devices d join user_routers r on r.user_id = d.user_id and r.router_id = d.router_id
    where d.user_id = ${user_id} and d.id = ${id}`.execute(transaction);
  await transaction
    .deleteFrom('user_devices')
    .where((row) => row.and({ user_id, id }))
    .execute();
}

/** The rules that name a device, but for pauses and exceptions that are over. */
export async function findRulesOf(
  transaction: TenantTransaction,
  { user_id, id }: DeviceKey,
): Promise<{ id: string; name: string | null }[]> {
  const { rows } = await sql<{ id: string; name: string | null }>`
    select id, name from access_rules
    where user_id = ${user_id} and device_id = ${id} and coalesce(until_at, 'infinity') > now()
    order by id`.execute(transaction);
  return rows;
}
