/**
 * A device can have several rows in user_devices, one for each of its MACs: the one that is shown, and its parts,
 * whose `shown_as` is the id of that one (src/policy/merging.ts). What applies to a device applies to all its rows.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Device, type OfRouter, type Row, wholeOf } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';

/** The condition that a row's `device_id` is that of a device, or of any part of it. */
export function isOfDevice(userId: string, deviceId: string): RawBuilder<SqlBool> {
  return sql`device_id in (
    select id from user_devices
    where user_id = ${userId} and ${wholeOf(userId, deviceId)} in (id, shown_as))`;
}

/** Ids of all rows of the device that a row belongs to, the one that is shown first. Empty if there is no such row. */
export async function partIds(
  transaction: TenantTransaction,
  { user_id, router_id, id }: OfRouter & Row,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from user_devices
    where user_id = ${user_id} and router_id = ${router_id}
      and ${wholeOf(user_id, id)} in (id, shown_as)
    order by shown_as nulls first, id`.execute(transaction);
  return rows.map((row) => row.id);
}

/** The device that has an address now, with any of its MACs; undefined if none has. */
export async function holderOf(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  ip: string,
): Promise<Device | undefined> {
  const { rows } = await sql<Device>`
    select whole.*
    from (
      select id from user_devices
      where user_id = ${user_id} and router_id = ${router_id} and ip = ${ip} and holds_ip
      union all
      select device_id from device_addresses
      where user_id = ${user_id} and router_id = ${router_id} and ip = ${ip} and is_current
      limit 1
    ) holder
    join user_devices row on row.user_id = ${user_id} and row.id = holder.id
    join user_devices whole on whole.user_id = ${user_id} and whole.id = coalesce(row.shown_as, row.id)`.execute(
    transaction,
  );
  return rows[0];
}

/** All addresses that a device has now, with any of its MACs. */
export async function currentAddresses(
  transaction: TenantTransaction,
  key: OfRouter & Row,
): Promise<string[]> {
  const ids = await partIds(transaction, key);
  const { rows } = await sql<{ ip: string }>`
    select host(ip) as ip from device_addresses
    where user_id = ${key.user_id} and device_id = any (${ids}) and is_current
    union
    select host(ip) from user_devices where user_id = ${key.user_id} and id = any (${ids}) and holds_ip
    order by ip`.execute(transaction);
  return rows.map(({ ip }) => ip);
}
