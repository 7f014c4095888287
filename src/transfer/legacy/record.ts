import { DEEPEST } from '../limits.ts';
import { Problem, type Remark, remark } from '../problem.ts';

/** One record as a file of the old program has it, before anything in it is checked. */
export type LegacyRecord = {
  table: string;
  /** Its key in the table; '' for a value that is the whole table. */
  key: string;
  value: unknown;
  /** The record as the file has it; absent if the file is not text (SQLite). */
  text: string | undefined;
};

/** What a reader gives: a record, the beginning of a table, or a place where nothing could be read. */
export type LegacyItem =
  | ({ kind: 'record' } & LegacyRecord)
  | { kind: 'table'; table: string }
  | {
      kind: 'unreadable';
      table: string;
      key: string;
      /** The field that has the problem; none if it is the record as a whole. */
      field?: string;
      reason: Remark;
      text: string;
      /** Nothing in the file is JSON. */
      foreign?: boolean;
    };

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of a record. Throws Problem for another value. */
export function requireFields(value: unknown): Fields {
  if (isFields(value)) return value;
  throw new Problem('record', value, remark('not_an_object'));
}

/** Whether a record has a field that is not one of these. */
export function hasOtherFields(value: unknown, known: ReadonlySet<string>): boolean {
  if (!isFields(value)) return false;
  for (const field in value) if (!known.has(field)) return true;
  return false;
}

/** The record as it is kept if it cannot be imported. */
export function verbatim({ text, value }: { text: string | undefined; value?: unknown }): string {
  return text ?? JSON.stringify(value) ?? '';
}

/** Why PostgreSQL cannot store this text; undefined if it can. */
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

/** The value of a record's text. Throws SyntaxError if it is not JSON, and RangeError if it is deeper than records are. */
export function parseRecord(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (isDeeperThan(value, DEEPEST)) throw new RangeError('a record is nested too deep');
  return value;
}

/** Throws Problem for the first number that JavaScript cannot hold as it was written. */
export function requireExactNumbers(value: unknown, path = ''): void {
  if (typeof value === 'number') {
    const field = path === '' ? 'record' : path;
    if (!Number.isFinite(value))
      throw new Problem(field, String(value), remark('too_large_number'));
    if (Number.isInteger(value) && !Number.isSafeInteger(value))
      throw new Problem(field, value, remark('inexact_number'));
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value))
    requireExactNumbers(inner, path === '' ? name : `${path}.${name}`);
}
