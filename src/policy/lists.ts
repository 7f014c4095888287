/**
 * The whitelist and the blacklist: two tables that differ in a few columns, and the queries for both. The
 * names of tables and columns in the statements come from here, never from a request.
 */
import { sql } from 'kysely';
import { confirm } from '../access/own-device.ts';
import { Type } from 'typebox';
import type { BlacklistEntry, OfRouter, Row, WhitelistEntry } from '../database/models.ts';
import { requireRoomFor } from '../database/quotas.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { type Sortable, isAfter, orderRows, selectSortValue, sortBy } from '../api/keyset.ts';
import type { Position } from '../api/page.ts';
import { Id, Name, Nullable, RouterId, Strict, Timestamp } from '../api/schema.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { DeviceReference, Target, isFor } from './target.ts';

const Text = Type.String({ maxLength: 2000 });

const entry = {
  id: Id,
  router_id: RouterId,
  ...Target.properties,
  device_name: Nullable(Type.String()),
};
const whitelistFields = { device_name: Nullable(Name), description: Nullable(Text) };
const blacklistFields = {
  device_name: Nullable(Name),
  reason: Nullable(Text),
  is_active: Type.Boolean({ description: 'False: the entry stays, but has no effect.' }),
};
const change = { additionalProperties: false, minProperties: 1 };

export const WHITELIST = {
  name: 'whitelist',
  table: 'user_whitelists',
  newestFirst: sortBy('-added_at', 'timestamptz', sql`added_at`),
  Entry: Type.Object({
    ...entry,
    description: Nullable(Type.String()),
    added_at: Timestamp(),
    updated_at: Timestamp(),
  }),
  Addition: Strict({
    ...DeviceReference.properties,
    ...Type.Partial(Type.Object(whitelistFields)).properties,
    confirm,
  }),
  Change: Type.Partial(Type.Object({ ...whitelistFields, confirm }), change),
} as const;

export const BLACKLIST = {
  name: 'blacklist',
  table: 'user_blacklists',
  newestFirst: sortBy('-blocked_at', 'timestamptz', sql`blocked_at`),
  Entry: Type.Object({
    ...entry,
    reason: Nullable(Type.String()),
    is_active: blacklistFields.is_active,
    blocked_at: Timestamp('When it was added.'),
    updated_at: Timestamp(),
  }),
  Addition: Strict({
    ...DeviceReference.properties,
    ...Type.Partial(Type.Object(blacklistFields)).properties,
    confirm,
  }),
  Change: Type.Partial(Type.Object({ ...blacklistFields, confirm }), change),
} as const;

export type List = typeof WHITELIST | typeof BLACKLIST;
export type ListEntry = WhitelistEntry | BlacklistEntry;

/** What a person can change of an entry, by column. */
export type ListFields = {
  device_name?: string | null;
  description?: string | null;
  reason?: string | null;
  is_active?: boolean;
};

/** One page, newest first, and one row more than `limit` if there is a next page. */
export async function listEntries(
  transaction: TenantTransaction,
  { table, newestFirst }: List,
  { user_id, router_id }: OfRouter,
  { after, limit }: { after: Position | undefined; limit: number },
): Promise<(ListEntry & Sortable)[]> {
  const { rows } = await sql<ListEntry & Sortable>`
    select *, ${selectSortValue(newestFirst)}
    from ${sql.table(table)}
    where user_id = ${user_id} and router_id = ${router_id} and ${isAfter(newestFirst, after)}
    order by ${orderRows(newestFirst)}
    limit ${limit + 1}`.execute(transaction);
  return rows;
}

/** One entry. Throws NotFoundError if the router's list does not have it. */
export async function findEntry(
  transaction: TenantTransaction,
  { name, table }: List,
  { user_id, router_id, id }: OfRouter & Row,
): Promise<ListEntry> {
  const { rows } = await sql<ListEntry>`
    select * from ${sql.table(table)}
    where user_id = ${user_id} and router_id = ${router_id} and id = ${id}`.execute(transaction);
  const [found] = rows;
  if (found === undefined) throw new NotFoundError(`${name} entry`, id);
  return found;
}

/** Adds a device to a list. Throws ConflictError, naming the entry, if it is already on it. */
export async function insertEntry(
  transaction: TenantTransaction,
  { name, table }: List,
  { user_id, router_id }: OfRouter,
  target: Target,
  fields: ListFields,
): Promise<ListEntry> {
  const present = await sql<Row>`
    select id from ${sql.table(table)}
    where user_id = ${user_id} and router_id = ${router_id} and ${isFor(user_id, target)}`.execute(
    transaction,
  );
  if (present.rows[0] !== undefined)
    throw new ConflictError(
      `This device is already on the ${name}, as entry ${present.rows[0].id}.`,
    );
  await requireRoomFor(transaction, 'list_entries');
  const columns = { user_id, router_id, ...target, ...fields };
  const { rows } = await sql<ListEntry>`
    insert into ${sql.table(table)} (${sql.join(Object.keys(columns).map((column) => sql.ref(column)))})
    values (${sql.join(Object.values(columns))})
    returning *`.execute(transaction);
  const [added] = rows;
  if (added === undefined) throw new Error(`${table} returned no row for the insert`);
  return added;
}

export async function updateEntry(
  transaction: TenantTransaction,
  list: List,
  key: OfRouter & Row,
  fields: ListFields,
): Promise<ListEntry> {
  const changes = Object.entries(fields).map(
    ([column, value]) => sql`${sql.ref(column)} = ${value}`,
  );
  if (changes.length === 0) return findEntry(transaction, list, key);
  await sql`
    update ${sql.table(list.table)} set ${sql.join(changes)}
    where user_id = ${key.user_id} and id = ${key.id}`.execute(transaction);
  return findEntry(transaction, list, key);
}

export async function deleteEntry(
  transaction: TenantTransaction,
  { table }: List,
  { user_id, id }: Row,
): Promise<void> {
  await sql`delete from ${sql.table(table)} where user_id = ${user_id} and id = ${id}`.execute(
    transaction,
  );
}
