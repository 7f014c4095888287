/** Instants in statements, for code that counts milliseconds of the epoch. */
import { type RawBuilder, sql } from 'kysely';

/** A column of the database as milliseconds of the epoch. */
export function millisecondsOf(column: string): RawBuilder<number> {
  return sql`extract(epoch from ${sql.ref(column)})::float8 * 1000`;
}

/** Milliseconds of the epoch as the database has an instant. */
export function instant(at: number): RawBuilder<string> {
  return sql`to_timestamp(${at / 1_000}::float8)`;
}
