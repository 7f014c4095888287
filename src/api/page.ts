import { Type, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { InvalidInputError } from '../errors.ts';
import { parseJson } from '../parse-json.ts';
import { Nullable } from './schema.ts';

/** How many items a page has, `maximum` at most. */
export const Limit = (maximum: number) =>
  Type.Integer({ minimum: 1, maximum, default: 50, description: 'How many to give at most.' });

/** Query parameters of every list. */
export const PageQuery = {
  limit: Limit(500),
  cursor: Type.Optional(
    Type.String({ maxLength: 3000, description: 'The `next_cursor` of the page before.' }),
  ),
};

/** The answer of every list: a page, and where the next one begins (null on the last). */
export const PageOf = <Item extends TSchema>(item: Item) =>
  Type.Object({ items: Type.Array(item), next_cursor: Nullable(Type.String()) });

/** Where a page ends: the sort value and the id of its last row. */
export type Position = { value: string | null; id: string };

/** How a list is sorted, as far as its cursors go. A cursor holds only in the order it was made for. */
export type Order = {
  name: string;
  /** What the sort value of a position may be. */
  value: TSchema;
};

/** The order of most lists: ids are time-ordered, so there is no other sort value. */
const BY_ID: Order = { name: 'id', value: Type.Null() };

/** The position a cursor stands for. Throws InvalidInputError for one we did not give out, or gave for another order. */
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

/**
 * Cuts rows fetched with one more than `limit` to a page.
 * @param positionOf what the next page continues after
 */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => Position,
  order: Order = BY_ID,
): { items: Row[]; next_cursor: string | null } {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  if (last === undefined) return { items, next_cursor: null };
  const { value, id } = positionOf(last);
  const cursor = JSON.stringify([order.name, value, id]);
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
