import type { Client } from 'pg';
import { InvalidInputError } from '../errors.ts';
import type { Configuration } from './legacy/document.ts';
import type { Reading } from './legacy/fields.ts';
import type { TableMode } from './legacy/mode.ts';
import { type LegacyItem, type LegacyRecord, unstorable, verbatim } from './legacy/record.ts';
import { createDateReader } from './legacy/timestamp.ts';
import { MOST_NOTES, MOST_TABLES } from './limits.ts';
import { Problem, type Remark } from './problem.ts';
import type { ImportReport, Note, Reject, TableCount } from './report.ts';
import { isHistory as isHistoryFile, type Source } from './source.ts';
import { createStaging, type Staging } from './staging.ts';

/** A table of a file, and what its records are read with. */
export type SourceTable = Reading & {
  file: string;
  name: string;
  /** What the staging tables call it: its index in `Import.counts`. */
  number: number;
  count: TableCount;
  /** Whether the file has it as a table; else it is a value, or something that is counted apart. */
  isTable: boolean;
  /** Whether the program no longer opened the file: its rules are not in force. */
  isHistory: boolean;
};

/** Whether a device was blocked, as its own row says, and when it was seen then. */
export type RowBlock = {
  table: SourceTable;
  mac: string | null;
  ip: string;
  lastSeen: string;
  isBlocked: boolean;
};

/** What a statement of sql/ counted for one table of a file. */
export type Counted = { source: number; written: number; unchanged: number };

/** One import under way: what it reads, where its records wait, and what became of each. */
export type Import = {
  client: Client;
  source: Source;
  /** Where dates without a zone were written, if not in UTC. */
  timezone: string;
  /** Reads dates of that zone, and of UTC. */
  readDate: { local: Reading['readDate']; utc: Reading['readDate'] };
  staging: Staging;
  /** Every table of every file, by both names. */
  tables: Map<string, SourceTable>;
  counts: TableCount[];
  /** By JSON of file and text. */
  notes: Map<string, Note>;
  /** The first of them; all are counted in `counts`. */
  rejects: Reject[];
  /** Rows inserted and changed, by table of the database. */
  rows: Record<string, number>;
  /** What the configuration files become, with the number of each; without one it is counted elsewhere. */
  carried: (Configuration & { source: number | undefined })[];
  /** What the rows of tables say about the mode. */
  modes: TableMode[];
  /** The mode of the router before the import and after it. */
  mode: ImportReport['mode'];
  /** The file that the mode comes from. */
  modeFile: string | undefined;
  /** The blocks in rows of devices, by what tells the devices apart: the newest row counts. */
  rowBlocks: Map<string, RowBlock>;
  /** How many bytes each setting keeps, by its key. */
  kept: Map<string, number>;
};

/** The table of a file that is one record. */
export const DOCUMENT = '(document)';
/** So many rejected records are in the report. */
export const LISTED_REJECTS = 1_000;
const VALUE_SHOWN = 200;

/** Begins an import: makes the staging tables. */
export async function createImport(
  client: Client,
  source: Source,
  timezone: string,
): Promise<Import> {
  return {
    client,
    source,
    timezone,
    readDate: { local: createDateReader(timezone), utc: createDateReader('UTC') },
    staging: await createStaging(client),
    tables: new Map(),
    counts: [],
    notes: new Map(),
    rejects: [],
    rows: {},
    carried: [],
    modes: [],
    mode: undefined,
    modeFile: undefined,
    rowBlocks: new Map(),
    kept: new Map(),
  };
}

/** The table of that name in that file; the same one for the same names. */
export function tableOf(context: Import, file: string, name: string): SourceTable {
  const path = `${file}\0${name}`;
  const known = context.tables.get(path);
  if (known !== undefined) return known;
  if (context.counts.length >= MOST_TABLES)
    throw tooMany(file, `${MOST_TABLES} tables, all files together`);
  const names = { file: shown(file), table: shown(name) };
  const count = { ...names, read: 0, written: 0, unchanged: 0, rejected: 0 };
  const number = context.counts.push(count) - 1;
  const readDate = isInUtc(context, file, name) ? context.readDate.utc : context.readDate.local;
  const note = (remark: Remark) => addNote(context, file, remark);
  const isHistory = isHistoryFile(context.source, file);
  const table = { file, name, number, count, isTable: false, isHistory, readDate, note };
  context.tables.set(path, table);
  return table;
}

/** The program wrote local time in devices.json and in the entries of lists, and UTC in its databases. */
function isInUtc({ source }: Import, file: string, table: string): boolean {
  const kind = source.files.find(({ name }) => name === file)?.kind;
  return kind === 'sqlite' || (file.toLowerCase() === 'netpilot.json' && table === 'devices');
}

export function addNote({ notes }: Import, file: string, { text, code, values }: Remark): void {
  const name = JSON.stringify([file, text]);
  const known = notes.get(name);
  if (known !== undefined) known.count += 1;
  else if (notes.size >= MOST_NOTES) throw tooMany(file, `${MOST_NOTES} different notes`);
  else notes.set(name, { file, note: text, count: 1, code, values });
}

/** The import's own memory must not grow with a file. */
export function tooMany(file: string, what: string): InvalidInputError {
  return new InvalidInputError(
    [{ field: shown(file), expected: `at most ${what}` }],
    `${shown(file)} gives more than ${what}: it is not a file of the old program. Nothing was imported.`,
  );
}

/** Counts what a reader gives, in its table; rejects what could not be read. */
export function countItem(context: Import, file: string, item: LegacyItem): SourceTable {
  const table = tableOf(context, file, item.table);
  if (item.kind === 'table') {
    table.isTable = true;
    return table;
  }
  table.count.read += 1;
  if (item.kind === 'unreadable')
    rejectRecord(context, table, item, new Problem(item.field ?? '', undefined, item.reason));
  return table;
}

/** Does `work` for a record; if that throws a Problem, rejects the record and gives false. */
export function unlessRejected(
  context: Import,
  table: SourceTable,
  record: LegacyRecord,
  work: () => void,
): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    rejectRecord(context, table, record, error);
    return false;
  }
}

/** Counts a record as rejected, lists it, and keeps it verbatim. */
export function rejectRecord(
  context: Import,
  table: SourceTable,
  record: Pick<LegacyRecord, 'key' | 'text'> & { value?: unknown },
  problem: Problem,
): void {
  const reject = {
    file: table.count.file,
    table: table.name === DOCUMENT ? '' : table.count.table,
    key: shown(record.key),
    field: shown(problem.field),
    value: problem.value === undefined ? null : shown(JSON.stringify(problem.value)),
    reason: problem.reason.text,
    code: problem.reason.code,
    values: problem.reason.values,
  };
  const { file, key, field, value, reason } = reject;
  const cells = [file, key, field, value, reason, storable(verbatim(record))];
  context.staging.add('rejects', table.number, cells);
  addRejects(context, table.number, 1, [reject]);
}

/** Counts records that were rejected and kept, and lists them. */
export function addRejects(
  { counts, rejects }: Import,
  number: number,
  count: number,
  listed: readonly Reject[],
): void {
  countOf(counts, number).rejected += count;
  rejects.push(...listed.slice(0, LISTED_REJECTS - rejects.length));
}

/** Adds what the database counted. */
export function addCounts({ counts }: Import, counted: readonly Counted[]): void {
  for (const { source, written, unchanged } of counted) {
    countOf(counts, source).written += written;
    countOf(counts, source).unchanged += unchanged;
  }
}

/** Adds rows that were inserted or changed in a table of the database. */
export function addRows({ rows }: Import, table: string, count: number | null): void {
  if (count !== null && count > 0) rows[table] = (rows[table] ?? 0) + count;
}

function countOf(counts: readonly TableCount[], number: number): TableCount {
  const count = counts[number];
  if (count === undefined) throw new RangeError(`the import has no table number ${number}`);
  return count;
}

/** A text cut to what can be shown and stored. */
function shown(text: string): string {
  const whole = storable(text);
  return whole.length > VALUE_SHOWN ? `${whole.slice(0, VALUE_SHOWN).toWellFormed()}…` : whole;
}

/** The text, escaped as in JSON if PostgreSQL could not store it. */
function storable(text: string): string {
  return unstorable(text) === undefined ? text : JSON.stringify(text);
}
