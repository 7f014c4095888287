/**
 * The rows of every table, and how they hang together. A relation gives a query: its caller adds order,
 * limit or lock, and runs it. The names say it from the side one has: `devicesOf(router)`, `routerOf(device)`.
 */
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type * as Tables from './schema.generated.ts';
import type { TenantTransaction } from './transaction.ts';

export type User = Selectable<Tables.Users>;
export type Session = Selectable<Tables.UserSessions>;
export type Router = Selectable<Tables.UserRouters>;
export type Policy = Selectable<Tables.RouterPolicies>;
export type RouterKey = Selectable<Tables.RouterKeys>;
export type RouterDial = Selectable<Tables.RouterDials>;
export type PairingCode = Selectable<Tables.PairingCodes>;
export type Device = Selectable<Tables.UserDevices>;
export type DeviceAddress = Selectable<Tables.DeviceAddresses>;
export type DeviceStay = Selectable<Tables.DevicePresence>;
export type WhitelistEntry = Selectable<Tables.UserWhitelists>;
export type BlacklistEntry = Selectable<Tables.UserBlacklists>;
export type Block = Selectable<Tables.UserBlockedDevices>;
export type Setting = Selectable<Tables.UserSettings>;
export type AuditEntry = Selectable<Tables.AuditEntries>;
export type Event = Selectable<Tables.Events>;
export type EventCounter = Selectable<Tables.EventCounters>;
export type Import = Selectable<Tables.Imports>;
export type ImportReject = Selectable<Tables.ImportRejects>;
export type IdempotencyKey = Selectable<Tables.IdempotencyKeys>;
export type SignInAttempt = Selectable<Tables.SignInAttempts>;
export type ServerKey = Selectable<Tables.ServerKeys>;
export type LocalSignInLink = Selectable<Tables.LocalSignInLinks>;

/** Anything that belongs to a user, as nearly every row does. */
export type Owned = { user_id: string };
/** A router, or anything that hangs on one. */
export type OfRouter = { user_id: string; router_id: string };
/** A row that has an id of its own. */
export type Row = { user_id: string; id: string };
/** A list entry, a block or an address: what may name a device. */
export type OfDevice = { user_id: string; device_id: string | null };

export function userOf(transaction: TenantTransaction, { user_id }: Owned) {
  return transaction.selectFrom('users').selectAll().where('id', '=', user_id);
}

export function sessionsOf(transaction: TenantTransaction, { user_id }: Owned) {
  return transaction.selectFrom('user_sessions').selectAll().where('user_id', '=', user_id);
}

export function auditOf(transaction: TenantTransaction, { user_id }: Owned) {
  return transaction.selectFrom('audit_entries').selectAll().where('user_id', '=', user_id);
}

/** What happened in the last day, for those who watch. */
export function eventsOf(transaction: TenantTransaction, { user_id }: Owned) {
  return transaction.selectFrom('events').selectAll().where('user_id', '=', user_id);
}

export function pairingCodesOf(transaction: TenantTransaction, { user_id }: Owned) {
  return transaction.selectFrom('pairing_codes').selectAll().where('user_id', '=', user_id);
}

export function routersOf(transaction: TenantTransaction, { user_id }: Owned) {
  return transaction.selectFrom('user_routers').selectAll().where('user_id', '=', user_id);
}

export function routerOf(transaction: TenantTransaction, { user_id, router_id }: OfRouter) {
  return routersOf(transaction, { user_id }).where('router_id', '=', router_id);
}

export function policyOf(transaction: TenantTransaction, { user_id, router_id }: OfRouter) {
  return transaction
    .selectFrom('router_policies')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id);
}

/** The keys that it dials in with, or did: those that are revoked, too. */
export function keysOf(transaction: TenantTransaction, { user_id, router_id }: OfRouter) {
  return transaction
    .selectFrom('router_keys')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id);
}

/** How the Commands-Server dials it, where it does not dial in. */
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

export function whitelistOf(transaction: TenantTransaction, { user_id, router_id }: OfRouter) {
  return transaction
    .selectFrom('user_whitelists')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id);
}

export function blacklistOf(transaction: TenantTransaction, { user_id, router_id }: OfRouter) {
  return transaction
    .selectFrom('user_blacklists')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id);
}

/** All there ever were: the active ones and the history. */
export function blocksOf(transaction: TenantTransaction, { user_id, router_id }: OfRouter) {
  return transaction
    .selectFrom('user_blocked_devices')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id);
}

/** @param scope the user's own settings where `router_id` is null, else that router's */
export function settingsOf(
  transaction: TenantTransaction,
  { user_id, router_id }: { user_id: string; router_id: string | null },
) {
  return transaction
    .selectFrom('user_settings')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('router_id', router_id === null ? 'is' : '=', router_id);
}

export function importsOf(transaction: TenantTransaction, { user_id, router_id }: OfRouter) {
  return transaction
    .selectFrom('imports')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id);
}

export function rejectsOf(transaction: TenantTransaction, { user_id, id }: Row) {
  return transaction
    .selectFrom('import_rejects')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('import_id', '=', id);
}

/** The device that an entry, a block or an address names; none where it is forgotten, or never was seen. */
export function deviceOf(transaction: TenantTransaction, { user_id, device_id }: OfDevice) {
  return transaction
    .selectFrom('user_devices')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('id', '=', device_id);
}

/** The addresses that a device had and, if current, has. One that was never scanned stands in the device itself. */
export function addressesOf(transaction: TenantTransaction, { user_id, id }: Row) {
  return transaction
    .selectFrom('device_addresses')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('device_id', '=', id);
}

/** When a device was there: its stays, the last of them without an end while it is online. */
export function staysOf(transaction: TenantTransaction, { user_id, id }: Row) {
  return transaction
    .selectFrom('device_presence')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('device_id', '=', id);
}

/** All blocks that name the device: the active one, if any, and the history. */
export function blocksOfDevice(transaction: TenantTransaction, { user_id, id }: Row) {
  return transaction
    .selectFrom('user_blocked_devices')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('device_id', '=', id);
}

/** The id of the device that a row is shown as, in a statement. */
export function wholeOf(userId: string, deviceId: string): RawBuilder<string> {
  return sql`(select coalesce(shown_as, id) from user_devices where user_id = ${userId} and id = ${deviceId})`;
}
