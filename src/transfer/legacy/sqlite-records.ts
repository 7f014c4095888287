import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { InvalidInputError } from '../../errors.ts';
import { errorMessage } from '../../error-message.ts';
import { LONGEST_KEY, MOST_TABLES, RECORD_LIMIT } from '../limits.ts';
import { remark } from '../problem.ts';
import type { LegacyItem } from './record.ts';

/** Characters of rows that are handed on together. */
const BATCH = 65_536;

/** SQLite's own limits (https://sqlite.org/limits.html): far beyond anything the old program made. */
const LIMITS = {
  length: RECORD_LIMIT,
  sqlLength: 100_000,
  column: 100,
  exprDepth: 50,
  compoundSelect: 2,
  vdbeOp: 10_000,
  functionArg: 10,
  attach: 0,
  likePatternLength: 100,
  variableNumber: 10,
  triggerDepth: 1,
};

/** The file is not believed: https://sqlite.org/security.html, "Untrusted SQLite Database Files". */
const PRECAUTIONS = `
  pragma trusted_schema = off;
  pragma cell_size_check = on;
  pragma query_only = on;
  pragma mmap_size = 0;
  pragma temp_store = memory;
  pragma cache_size = -4096;
  pragma hard_heap_limit = 33554432;`;

/** What rows can still be: pages that refer to each other in a circle have no end. */
type Budget = { rows: number; characters: number };

/** Refuses the file, which is known by a name and its size. */
type Refuse = (problem: string, expected: string) => InvalidInputError;

/**
 * Reads every table of a SQLite file, row by row: ordinary tables only, their stored columns by name. The file is
 * never written to, and read without a lock and without what lies beside it. Throws SQLite's error if the
 * file is not a database, and InvalidInputError if it computes anything (virtual tables, views, generated columns);
 * one that breaks off in the middle gives the rows before that, then one `unreadable`.
 * @param file what errors call it, and its bytes
 */
export function* readSqliteRecords(
  path: string,
  file: { name: string; size: number },
): Generator<LegacyItem[]> {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, {
    readOnly: true,
    allowExtension: false,
    defensive: true,
    readBigInts: true,
    returnArrays: true,
    limits: LIMITS,
  });
  const refuse: Refuse = (problem, expected) =>
    new InvalidInputError(
      [{ field: file.name, expected }],
      `${file.name} ${problem}. Nothing was imported.`,
    );
  try {
    database.exec(PRECAUTIONS);
    // A cell takes two bytes of a page at least; the default of a column is stored once for all rows.
    const budget = { rows: file.size / 2, characters: 4 * file.size + RECORD_LIMIT };
    for (const table of findTables(database, refuse)) {
      const columns = findColumns(database, table, refuse);
      yield* readTable(database, { table, columns }, budget, refuse);
    }
  } finally {
    database.close();
  }
}

/** The tables that hold rows. Throws InvalidInputError if there are others: reading those runs what the file says. */
function findTables(database: DatabaseSync, refuse: Refuse): string[] {
  const schema = [
    ...query(
      database,
      `select type, name, sql, rootpage from main.sqlite_master where type in ('table', 'view') order by rowid`,
    ),
  ];
  // Before SQLite itself is asked: it would start a virtual table to find out what it is.
  for (const [type, name, sql, rootPage] of schema) {
    const isVirtual = type === 'table' && (!Number(rootPage) || VIRTUAL.test(String(sql)));
    if (isVirtual || type === 'view') throw notATable(refuse, String(name), type);
  }
  const kinds = new Map<unknown, unknown>();
  for (const [owner, name, kind] of query(database, 'pragma main.table_list'))
    if (owner === 'main') kinds.set(name, kind);
  const tables = schema
    .filter(([type, name]) => type === 'table' && !/^sqlite_/i.test(String(name)))
    .map(([, name]) => String(name));
  const most = `at most ${MOST_TABLES} tables with names of at most ${LONGEST_KEY} bytes`;
  if (tables.length > MOST_TABLES || tables.some((name) => Buffer.byteLength(name) > LONGEST_KEY))
    throw refuse(`does not have ${most}: it is not the old program's`, most);
  for (const name of tables)
    if (kinds.get(name) !== 'table') throw notATable(refuse, name, String(kinds.get(name)));
  return tables;
}

const VIRTUAL = /^\s*create(\s|\/\*.*?\*\/|--[^\n]*\n)+virtual/is;

function notATable(refuse: Refuse, name: string, kind: string): InvalidInputError {
  const what = kind === 'view' ? 'a view' : 'a virtual table';
  return refuse(
    `has ${what}, ${shortened(name)}, which the old program never made and which is not run: remove it, or import a copy with tables only`,
    'ordinary tables only',
  );
}

/** The columns that rows hold. Throws InvalidInputError for one that is computed. */
function findColumns(database: DatabaseSync, table: string, refuse: Refuse): string[] {
  const info = [...query(database, `pragma main.table_xinfo(${quoted(table)})`)];
  return info.map((row) => {
    const [name, hidden] = [String(row[1]), row[6]];
    if (Number(hidden) === 0) return name;
    throw refuse(
      `has a generated column, ${shortened(name)} of ${shortened(table)}, which the old program never made and which is not computed: import a copy without it`,
      'columns that are stored',
    );
  });
}

function* readTable(
  database: DatabaseSync,
  { table, columns }: { table: string; columns: readonly string[] },
  budget: Budget,
  refuse: Refuse,
): Generator<LegacyItem[]> {
  let items: LegacyItem[] = [{ kind: 'table', table }];
  let rows = 0;
  let size = 0;
  const names = columns.map((column) => JSON.stringify(column));
  try {
    // Indexes are not believed either.
    const selected = columns.map(quoted).join(', ');
    for (const row of query(
      database,
      `select ${selected} from main.${quoted(table)} not indexed`,
    )) {
      rows += 1;
      spend(budget, row, refuse);
      const text = `{${row.map((value, index) => `${names[index]}:${jsonOf(value)}`).join(',')}}`;
      items.push({ kind: 'record', table, key: String(rows), value: undefined, text });
      size += text.length;
      if (size < BATCH) continue;
      yield items;
      items = [];
      size = 0;
    }
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    const detail = errorMessage(error).slice(0, 200);
    const reason = remark('damaged', { rows, detail });
    items.push({ kind: 'unreadable', table, key: String(rows + 1), reason, text: '' });
  }
  yield items;
}

function spend(budget: Budget, row: readonly SQLOutputValue[], refuse: Refuse): void {
  budget.rows -= 1;
  for (const value of row)
    if (typeof value === 'string' || value instanceof Uint8Array) budget.characters -= value.length;
  if (budget.rows >= 0 && budget.characters >= 0) return;
  throw refuse(
    'gives more than can be in a file of its size: it is damaged, or made to have no end',
    'a SQLite database that is whole',
  );
}

/** The rows of a query, as lists. */
function* query(database: DatabaseSync, sql: string): Generator<SQLOutputValue[]> {
  for (const row of database.prepare(sql).iterate()) yield Object.values(row);
}

/** A value as JSON, with every digit of a whole number. */
function jsonOf(value: SQLOutputValue | undefined): string {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return `{"base64":"${Buffer.from(value).toString('base64')}"}`;
  return JSON.stringify(value ?? null);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function shortened(name: string): string {
  return name.length > 100 ? `${name.slice(0, 100).toWellFormed()}…` : name;
}
