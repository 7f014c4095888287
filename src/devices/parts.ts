/**
 * A device can have several rows in user_devices, one for each of its MACs: the one that is shown, and its parts,
 * whose `shown_as` is the id of that one (src/policy/merging.ts). What applies to a device applies to all its rows.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type OfRouter, type Row, wholeOf } from '../database/models.ts';
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
