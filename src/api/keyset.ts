import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { Type } from 'typebox';
import { type Order, type Position, pageOf } from './page.ts';
import { IpAddress, Timestamp } from './schema.ts';

/** The types a list can be sorted by, and what a cursor may hold of each. */
const VALUES = {
  text: Type.String({ pattern: '^[^\\u0000]*$' }),
  inet: IpAddress,
  timestamptz: Timestamp(),
};

/** An order of rows: by a key, and among equal ones by id, so that no two rows share a place. */
export type Sort = Order & {
  key: RawBuilder<unknown>;
  type: keyof typeof VALUES;
  isNullable: boolean;
  isDescending: boolean;
};

/**
 * @param name as the API calls it, with `-` in front for descending
 * @param key SQL of the sort value; rows where it is null come last either way
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

/** A row of a list in the making: what its cursor needs comes along. */
export type Placed = { id: string; sort_value: string | null };

/** The `select` item that gives a row its `sort_value`. */
export function selectSortValue({ key }: Sort): RawBuilder<unknown> {
  return sql`${key} as sort_value`;
}

/** What stands after `order by`. Nulls are spoken of only where there are some: an index has them the other way round. */
export function orderRows({ key, isNullable, isDescending }: Sort): RawBuilder<unknown> {
  const direction = sql.raw(isDescending ? 'desc' : 'asc');
  return sql`${key} ${direction} ${sql.raw(isNullable ? 'nulls last' : '')}, id ${direction}`;
}

/** The condition that a row comes after a position. True for all where there is none. */
export function isAfter(sort: Sort, position: Position | undefined): RawBuilder<SqlBool> {
  if (position === undefined) return sql`true`;
  const { key, type, isNullable, isDescending } = sort;
  const { value, id } = position;
  const beyond = sql.raw(isDescending ? '<' : '>');
  if (value === null) return sql`(${key} is null and id ${beyond} ${id}::uuid)`;
  const isBeyond = sql<SqlBool>`(${key}, id) ${beyond} (${value}::${sql.raw(type)}, ${id}::uuid)`;
  return isNullable ? sql`(${isBeyond} or ${key} is null)` : isBeyond;
}

/** Cuts rows fetched with one more than `limit` to a page that continues in the same order. */
export function sortedPageOf<Row extends Placed>(rows: readonly Row[], limit: number, sort: Sort) {
  return pageOf(rows, limit, ({ id, sort_value }) => ({ value: sort_value, id }), sort);
}
