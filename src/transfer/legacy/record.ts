import { type Remark, remark } from '../remarks.ts';

/** One record as it stands in a file of the old program, before anything is believed of it. */
export type LegacyRecord = {
  table: string;
  /** Its key in the table; '' for a value that is the whole table. */
  key: string;
  value: unknown;
  /** The record as the file has it; absent where the file is not text (SQLite). */
  text: string | undefined;
};

/** What a reader gives: a record, a table's beginning, or a place where nothing could be read. */
export type LegacyItem =
  | ({ kind: 'record' } & LegacyRecord)
  | { kind: 'table'; table: string }
  | {
      kind: 'unreadable';
      table: string;
      key: string;
      reason: Remark;
      text: string;
      /** Nothing in the file is JSON. */
      foreign?: boolean;
    };

/** Why a record cannot be imported as it stands. */
export type Problem = { field: string; value: unknown; reason: Remark };

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'reason' in value;
}

/** The record as it is kept where it cannot be imported. */
export function verbatim({ text, value }: LegacyRecord): string {
  return text ?? JSON.stringify(value) ?? '';
}

/**
 * A text for a column of `limit` characters; null where there is none: missing, null or blank.
 * Gives the problem with what PostgreSQL cannot store, or not store whole.
 */
export function readText(fields: Fields, field: string, limit: number): string | null | Problem {
  const value = fields[field];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') return { field, value, reason: remark('not_a_text') };
  const reason = unstorable(value);
  if (reason !== undefined) return { field, value, reason };
  // Characters are code points to PostgreSQL, UTF-16 units to JavaScript: never fewer.
  if (value.length > limit) {
    const length = Array.from(value).length;
    if (length > limit) {
      return { field, value, reason: remark('too_long', { length, limit }) };
    }
  }
  return value.trim() === '' ? null : value;
}

/** Why PostgreSQL cannot store this text; undefined where it can. */
export function unstorable(text: string): Remark | undefined {
  if (text.includes('\0')) return remark('holds_nul');
  if (!text.isWellFormed()) return remark('holds_half_pair');
  return undefined;
}

/** Whether a value is nested deeper than `limit` objects and lists. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit === 0) return true;
  for (const inner of Object.values(value)) if (isDeeperThan(inner, limit - 1)) return true;
  return false;
}
