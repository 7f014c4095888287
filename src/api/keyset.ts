import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { Type } from 'typebox';
import type { Order, Position } from './page.ts';
import { IpAddressWithoutZone, Timestamp } from './schema.ts';

/** The types a list can be sorted by, and the values of each that a cursor may hold. */
const VALUES = {
  boolean: Type.Union([Type.Literal('true'), Type.Literal('false')]),
  text: Type.String({ pattern: '^[^\\u0000]*$' }),
  inet: IpAddressWithoutZone,
  timestamptz: Timestamp(),
};

/** An order of rows: by a key, and among equal keys by id, so that no two rows share a position. */
export type Sort = Order & {
  key: RawBuilder<unknown>;
  type: keyof typeof VALUES;
  isNullable: boolean;
  isDescending: boolean;
};

/**
 * @param name as in the API, with `-` in front for descending
 * @param key SQL of the sort value; rows for which it is null come last in both directions
 */
export function sortBy(
  name: string,
  type: Sort['type'],
  key: RawBuilder<unknown>,
  { isNullable = false } = {},
): Sort {
  return {
    name,
    type,
    key,
    isNullable,
    isDescending: name.startsWith('-'),
    value: isNullable ? Type.Union([VALUES[type], Type.Null()]) : VALUES[type],
  };
}

/** What a row of a list needs for its cursor. */
export type Sortable = { id: string; sort_value: string | null };

/** The `select` item for a row's `sort_value`. */
export function selectSortValue({ key }: Sort): RawBuilder<unknown> {
  return sql`${key} as sort_value`;
}

/** What follows `order by`. `nulls last` only if there are nulls: an index orders them the other way round. */
export function orderRows({ key, isNullable, isDescending }: Sort): RawBuilder<unknown> {
  const direction = sql.raw(isDescending ? 'desc' : 'asc');
  return sql`${key} ${direction} ${sql.raw(isNullable ? 'nulls last' : '')}, id ${direction}`;
}

/** The condition that a row comes after a position; true for all rows if there is no position. */
export function isAfter(sort: Sort, position: Position | undefined): RawBuilder<SqlBool> {
  if (position === undefined) return sql`true`;
  const { key, type, isNullable, isDescending } = sort;
  const { value, id } = position;
  const beyond = sql.raw(isDescending ? '<' : '>');
  if (value === null) return sql`(${key} is null and id ${beyond} ${id}::uuid)`;
  const isBeyond = sql<SqlBool>`(${key}, id) ${beyond} (${value}::${sql.raw(type)}, ${id}::uuid)`;
  return isNullable ? sql`(${isBeyond} or ${key} is null)` : isBeyond;
}
