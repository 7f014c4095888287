/** The list of devices: how it can be filtered and sorted, and the statement that reads it. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Device, wholeOf } from '../database/models.ts';
import { PREPARED } from '../database/prepared.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import {
  type Sortable,
  type Sort,
  isAfter,
  orderRows,
  selectSortValue,
  sortBy,
} from '../api/keyset.ts';
import type { Position } from '../api/page.ts';
import type { Access } from '../access/types.ts';
import type { Decided } from '../access/answers.ts';
import { parseAddress } from '../parse-address.ts';
import { type Guesses, guess } from './guess.ts';
import { findSameOf } from './newcomers.ts';
import type { Place } from './place.ts';
import type { DeviceState } from './states.ts';
import type { SameAs } from './same-as.ts';

/** A device as the API shows it: with the lists and blocks that it is on, and what it may be. */
export type ListedDevice = DeviceRow & Guesses & { same_as: SameAs | null };

/** A device as the statement reads it. */
export type DeviceRow = Omit<
  Device,
  'updated_at' | 'merged_into' | 'shown_as' | 'place' | 'wake_wanted_at' | 'reviewed_at'
> & {
  place: (Place & { since: string }) | null;
  /** Since when nobody knows whether it is online: its router is not connected. */
  unknown_since: string | null;
  /** Its own, and those of the devices merged into it. */
  macs: string[];
  has_random_mac: boolean;
  /** Another router knows one of its MACs. */
  is_elsewhere: boolean;
  /** Nobody has said yet that it is welcome, or not. */
  is_new: boolean;
  is_blocked: boolean;
  is_whitelisted: boolean;
  is_blacklisted: boolean;
};

/** The same with what the home has decided for it. */
export type ShownDevice = ListedDevice & Decided;

/** Which part of a list. */
export type Page = { sort: Sort; after: Position | undefined; limit: number };

export type DeviceFilter = {
  router_id?: string | undefined;
  text?: string | undefined;
  type?: string | undefined;
  person_id?: string | undefined;
  state?: DeviceState | undefined;
};

/**
 * Blocks and lists go by MAC; an entry without one goes by address, and applies to the device that has it now. If
 * devices are merged, an entry for one applies to all of them. The targets of the entries are collected once for the
 * statement, into hash tables, not searched again for each device.
 */
function isTargetOf(
  userId: string,
  kind: 'block' | 'whitelist' | 'blacklist',
): RawBuilder<SqlBool> {
  const entries = sql`from policy_targets where user_id = ${userId} and kind = ${sql.lit(kind)} and is_active`;
  const byMac = sql`(router_id, mac) in (select router_id, device_mac ${entries} and device_mac is not null)`;
  const ids = sql`(select device_id ${entries} and device_id is not null)`;
  return sql<SqlBool>`(
    ${byMac}
    or holds_ip and (router_id, ip) in (select router_id, device_ip ${entries} and device_mac is null)
    or id in (
      select shown_as from user_devices
      where user_id = ${userId} and shown_as is not null
        and (${byMac} or id in ${ids} or shown_as in ${ids}))) is true`;
}

/**
 * MACs that several routers know are collected once for the statement, and only if there are several. Without the inner `is true` that
 * would be a join, in which they may be collected again for each row.
 */
function isElsewhere(userId: string): RawBuilder<SqlBool> {
  const several = sql`(
    select mac from user_devices where user_id = ${userId} and mac is not null
    group by mac having min(router_id) <> max(router_id))`;
  return sql<SqlBool>`(
    (select count(*) from user_routers where user_id = ${userId}) > 1
    and (mac in ${several} or id in (
      select shown_as from user_devices where user_id = ${userId} and shown_as is not null and (mac in ${several}) is true))) is true`;
}

const isBlocked = (userId: string) => isTargetOf(userId, 'block');
const isWhitelisted = (userId: string) => isTargetOf(userId, 'whitelist');
const isBlacklisted = (userId: string) => isTargetOf(userId, 'blacklist');

/** States that are an access, which SQL does not know (with-access.ts). */
export const ACCESS_STATES: ReadonlyMap<DeviceState, Access> = new Map([
  ['blocked', 'block'],
  ['limited', 'limit'],
] as const);

const CONDITIONS: Record<DeviceState, (userId: string) => RawBuilder<SqlBool>> = {
  blocked: () => sql`true`,
  limited: () => sql`true`,
  online: () => sql`is_online`,
  offline: () => sql`not is_online`,
  unknown: () => sql`unknown_since is not null`,
  new: () => sql`is_new`,
  whitelisted: isWhitelisted,
  blacklisted: isBlacklisted,
};

/** All orders. */
export const SORTS: readonly Sort[] = ['', '-'].flatMap((sign) => [
  sortBy(`${sign}name`, 'text', sql`lower(coalesce(device_name, hostname, host(ip)))`),
  sortBy(`${sign}ip`, 'inet', sql`ip`),
  sortBy(`${sign}last_seen`, 'timestamptz', sql`last_seen`),
  sortBy(`${sign}first_seen`, 'timestamptz', sql`first_seen`),
  sortBy(`${sign}type`, 'text', sql`device_type`, { isNullable: true }),
]);

/**
 * One page of the user's devices, and one row more than `limit` if there is a next page.
 * @param ids undefined: all
 */
export async function listRows(
  transaction: TenantTransaction,
  userId: string,
  filter: DeviceFilter,
  { sort, after, limit }: Page,
  ids?: readonly string[],
): Promise<(ListedDevice & Sortable)[]> {
  // Not with a filter: there are too many combinations, and a text needs a plan of its own.
  const isPlain = [filter.text, filter.type, filter.person_id, filter.state, ids].every(
    (value) => value === undefined,
  );
  const { rows } = await sql<DeviceRow & Sortable>`${isPlain ? PREPARED : sql``}
    select ${columns(userId)}, ${selectSortValue(sort)}
    from devices_now device
    where ${matching(userId, filter, { sort, after }, ids)}
    order by ${orderRows(sort)}
    limit ${limit + 1}`.execute(transaction);
  return withGuesses(transaction, userId, rows);
}

/**
 * One device of a router, as the list shows it, also by the id of a device merged into it; undefined if the
 * router does not have it.
 */
export async function selectDevice(
  transaction: TenantTransaction,
  { user_id, router_id, id }: Pick<Device, 'user_id' | 'router_id' | 'id'>,
): Promise<ListedDevice | undefined> {
  const { rows } = await sql<DeviceRow>`
    select ${columns(user_id)}
    from devices_now device
    where user_id = ${user_id} and router_id = ${router_id} and id = ${wholeOf(user_id, id)}`.execute(
    transaction,
  );
  return (await withGuesses(transaction, user_id, rows))[0];
}

async function withGuesses<Each extends DeviceRow>(
  transaction: TenantTransaction,
  userId: string,
  rows: readonly Each[],
): Promise<(Each & Guesses & { same_as: SameAs | null })[]> {
  const same = await findSameOf(transaction, userId, rows);
  return rows.map((row) => ({ ...row, ...guess(row), same_as: same.get(row.id) ?? null }));
}

/**
 * The MACs of all parts are collected once for the statement, and looked up by the device: a subquery for each device goes through
 * all rows for each, if it was planned while the table was small.
 */
function macs(userId: string): RawBuilder<string[]> {
  const ofParts = sql`(
    select jsonb_object_agg(whole, macs) from (
      select shown_as as whole, jsonb_agg(mac order by id) as macs from user_devices
      where user_id = ${userId} and shown_as is not null and mac is not null group by shown_as) part)`;
  return sql<string[]>`case when mac is null then '[]' else jsonb_build_array(mac) end
    || coalesce(${ofParts} -> id::text, '[]')`;
}

const columns = (userId: string) => sql`
  user_id, id, router_id, ip, holds_ip, mac, hostname, device_name, device_type, manufacturer,
  first_seen, last_seen, is_online, unknown_since, is_router, place,
  person_id, is_new,
  coalesce(is_random_mac(mac), false) as has_random_mac,
  ${macs(userId)} as macs,
  ${isElsewhere(userId)} as is_elsewhere,
  ${isBlocked(userId)} as is_blocked, ${isWhitelisted(userId)} as is_whitelisted,
  ${isBlacklisted(userId)} as is_blacklisted`;

/** The condition on a row of devices_now, but for states of access. */
export function matching(
  userId: string,
  filter: DeviceFilter,
  { sort, after }: Pick<Page, 'sort' | 'after'>,
  ids?: readonly string[],
): RawBuilder<unknown> {
  return sql.join(
    [
      ...conditionsOf(userId, filter),
      isAfter(sort, after),
      ...(ids === undefined ? [] : [sql<SqlBool>`id = any (${ids})`]),
    ],
    sql` and `,
  );
}

function conditionsOf(
  userId: string,
  { router_id, text, type, person_id, state }: DeviceFilter,
): RawBuilder<SqlBool>[] {
  return [
    sql`user_id = ${userId}`,
    sql<SqlBool>`shown_as is null`,
    ...(router_id === undefined ? [] : [sql<SqlBool>`router_id = ${router_id}`]),
    ...(text === undefined ? [] : [contains(userId, text)]),
    ...(type === undefined ? [] : [sql<SqlBool>`device_type = ${type}`]),
    ...(person_id === undefined ? [] : [sql<SqlBool>`person_id = ${person_id}`]),
    ...(state === undefined ? [] : [CONDITIONS[state](userId)]),
  ];
}

/** Also finds a device by the texts of those merged into it. */
function contains(userId: string, text: string): RawBuilder<SqlBool> {
  // Escapes the wildcards of patterns (PostgreSQL manual, 9.7.1).
  const pattern = `%${(parseAddress(text) ?? text).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const matches = sql`(device_name ilike ${pattern} or hostname ilike ${pattern} or manufacturer ilike ${pattern}
    or mac::text ilike ${pattern} or host(ip) ilike ${pattern}
    or place ->> 'network' ilike ${pattern} or place ->> 'ssid' ilike ${pattern} or place ->> 'port' ilike ${pattern})`;
  return sql`(${matches} or id in (
    select shown_as from user_devices where user_id = ${userId} and shown_as is not null and ${matches}))`;
}
