import { Type, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { InvalidInputError } from '../errors.ts';
import { parseJson } from '../parse-json.ts';
import { Nullable } from './schema.ts';

/** The number of items on a page, at most `maximum`. */
export const Limit = (maximum: number) =>
  Type.Integer({ minimum: 1, maximum, default: 50, description: 'The most items to return.' });

/** Query parameters of every list that comes in pages. */
export const PageQuery = {
  limit: Limit(500),
  cursor: Type.Optional(
    Type.String({ maxLength: 3000, description: 'The `next_cursor` of the previous page.' }),
  ),
};

/** A page, and the cursor of the next one (null on the last). */
export const PageOf = <Item extends TSchema>(item: Item) =>
  Type.Object({ items: Type.Array(item), next_cursor: Nullable(Type.String()) });

/** Where a page ends: the sort value and the id of its last row. */
export type Position = { value: string | null; id: string };

/** How a list is sorted. A cursor is valid only in the order it was made for. */
export type Order = {
  name: string;
  /** The sort values that a position may have. */
  value: TSchema;
};

/** By id, which is time-ordered: there is no other sort value. */
const BY_ID: Order = { name: 'id', value: Type.Null() };

/** The position of a cursor. Throws InvalidInputError for a cursor that is not ours, or is of another order. */
export function parseCursor(
  cursor: string | undefined,
  order: Order = BY_ID,
): Position | undefined {
  if (cursor === undefined) return undefined;
  const decoded = parseJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!Value.Check(CursorSchema, decoded)) throw refuse(cursor);
  const [name, value, id] = decoded;
  if (name !== order.name) throw refuse(cursor, ` sorted by ${order.name}, and not by ${name}`);
  if (!Value.Check(order.value, value)) throw refuse(cursor);
  return { value, id };
}

/** A page of rows in this order, which were read up to `limit + 1`. */
export function pageOf<Row extends { id: string; sort_value?: string | null }>(
  rows: readonly Row[],
  limit: number,
  order: Order = BY_ID,
): { items: Row[]; next_cursor: string | null } {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  if (last === undefined) return { items, next_cursor: null };
  const cursor = JSON.stringify([order.name, last.sort_value ?? null, last.id]);
  return { items, next_cursor: Buffer.from(cursor).toString('base64url') };
}

const CursorSchema = Type.Tuple([
  Type.String({ pattern: '^[\\w-]{1,50}$' }),
  Type.Union([Type.String(), Type.Null()]),
  Type.String({ format: 'uuid' }),
]);

function refuse(cursor: string, order = ''): InvalidInputError {
  return new InvalidInputError([
    { field: 'cursor', value: cursor, expected: `the next_cursor of an earlier page${order}` },
  ]);
}
