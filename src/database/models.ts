/**
 * Rows as they are stored, and the relations that several rooms ask for. A relation gives a query: its caller adds
 * order, limit or lock, and runs it.
 */
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type * as Tables from './schema.generated.ts';
import type { TenantTransaction } from './transaction.ts';

export type Router = Selectable<Tables.UserRouters>;
export type Policy = Selectable<Tables.RouterPolicies>;
export type RouterDial = Selectable<Tables.RouterDials>;
export type PairingCode = Selectable<Tables.PairingCodes>;
export type Device = Selectable<Tables.UserDevices>;
export type DeviceAddress = Selectable<Tables.DeviceAddresses>;
export type DeviceStay = Selectable<Tables.DevicePresence>;
export type WhitelistEntry = Selectable<Tables.UserWhitelists>;
export type BlacklistEntry = Selectable<Tables.UserBlacklists>;
export type Block = Selectable<Tables.UserBlockedDevices>;
export type Event = Selectable<Tables.Events>;

/** A router, or anything that belongs to one. */
export type OfRouter = { user_id: string; router_id: string };
/** A router, and the connection that it says something on: nothing is stored of one that counts no more. Without one it is stored. */
export type OnConnection = OfRouter & { connection_id?: string };
/** A row that has an id of its own. */
export type Row = { user_id: string; id: string };

export function routersOf(transaction: TenantTransaction, { user_id }: { user_id: string }) {
  return transaction.selectFrom('user_routers').selectAll().where('user_id', '=', user_id);
}

export function routerOf(transaction: TenantTransaction, { user_id, router_id }: OfRouter) {
  return routersOf(transaction, { user_id }).where('router_id', '=', router_id);
}

/** How the Commands-Server dials it, if it does not dial in. */
export function dialOf(transaction: TenantTransaction, { user_id, router_id }: OfRouter) {
  return transaction
    .selectFrom('router_dials')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id);
}

export function devicesOf(transaction: TenantTransaction, { user_id, router_id }: OfRouter) {
  return transaction
    .selectFrom('user_devices')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id);
}

/** All of them: the active ones and the history. */
export function blocksOf(transaction: TenantTransaction, { user_id, router_id }: OfRouter) {
  return transaction
    .selectFrom('user_blocked_devices')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id);
}

/**
 * What people call a device, in a statement: its name, what it calls itself, its address, its MAC. @param row of user_devices or devices_now
 */
export function deviceNameOf(row: string): RawBuilder<string> {
  const column = (name: string) => sql.ref(`${row}.${name}`);
  return sql`coalesce(${column('device_name')}, ${column('hostname')}, nullif(host(${column('ip')}), '0.0.0.0'), ${column('mac')}::text, host(${column('ip')}))`;
}

/** The id of the device that a row is shown as, in a statement. */
export function wholeOf(userId: string, deviceId: string): RawBuilder<string> {
  return sql`(select coalesce(shown_as, id) from user_devices where user_id = ${userId} and id = ${deviceId})`;
}
