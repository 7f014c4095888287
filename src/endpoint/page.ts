import { Type, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { InvalidInputError } from '../errors.ts';

/** Query parameters of every list. */
export const PageQuery = {
  limit: Type.Integer({
    minimum: 1,
    maximum: 500,
    default: 50,
    description: 'How many to give at most.',
  }),
  cursor: Type.Optional(
    Type.String({ maxLength: 1000, description: 'The `next_cursor` of the page before.' }),
  ),
};

/** The answer of every list: a page, and where the next one begins (null on the last). */
export const PageOf = <Item extends TSchema>(item: Item) =>
  Type.Object({ items: Type.Array(item), next_cursor: Type.Union([Type.String(), Type.Null()]) });

/** Where a page ends: the sort value and the id of its last row. */
export type Position = { value: string | null; id: string };

const PositionSchema = Type.Tuple([
  Type.Union([Type.String(), Type.Null()]),
  Type.String({ format: 'uuid' }),
]);

/** The position a cursor stands for. Throws InvalidInputError for one we did not give out. */
export function parseCursor(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  const decoded = parseJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!Value.Check(PositionSchema, decoded)) {
    throw new InvalidInputError([
      { field: 'cursor', value: cursor, expected: 'the next_cursor of an earlier page' },
    ]);
  }
  const [value, id] = decoded;
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
): { items: Row[]; next_cursor: string | null } {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  if (last === undefined) return { items, next_cursor: null };
  const { value, id } = positionOf(last);
  return { items, next_cursor: Buffer.from(JSON.stringify([value, id])).toString('base64url') };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
