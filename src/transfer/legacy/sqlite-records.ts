import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { remark } from '../problem.ts';
import type { LegacyItem } from './record.ts';
import { errorMessage } from '../../error-message.ts';

const BATCH = 1_000;

/**
 * Reads every table of a SQLite file, row by row. The file is never written to, and may be in a
 * read-only folder: it is read without a lock, or, if its write-ahead log or journal lies beside it, as a
 * copy in which SQLite can first bring the two together. Throws SQLite's error if the file is not a
 * database; one that breaks off in the middle gives the rows before that, then one `unreadable`.
 */
export async function* readSqliteRecords(path: string): AsyncGenerator<LegacyItem[]> {
  const companions = ['-wal', '-journal'].filter((suffix) => existsSync(path + suffix));
  if (companions.length === 0) {
    yield* readTables(path, true);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'netpilot-sqlite-'));
  try {
    const copy = join(folder, basename(path));
    for (const suffix of ['', ...companions]) await copyFile(path + suffix, copy + suffix);
    yield* readTables(copy, false);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param immutable whether nobody writes to it: it is read without its locks and its write-ahead log */
function* readTables(path: string, immutable: boolean): Generator<LegacyItem[]> {
  const url = pathToFileURL(path);
  if (immutable) url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: immutable });
  try {
    const tables = database
      .prepare(
        `select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by rowid`,
      )
      .all();
    for (const { name } of tables) yield* readTable(database, String(name));
  } finally {
    database.close();
  }
}

function* readTable(database: DatabaseSync, table: string): Generator<LegacyItem[]> {
  let items: LegacyItem[] = [{ kind: 'table', table }];
  let rows = 0;
  try {
    const statement = database.prepare(`select * from "${table.replaceAll('"', '""')}"`);
    statement.setReadBigInts(true);
    for (const row of statement.iterate()) {
      rows += 1;
      const key = String(rows);
      items.push({ kind: 'record', table, key, value: fieldsOf(row), text: undefined });
      if (items.length >= BATCH) {
        yield items;
        items = [];
      }
    }
  } catch (error) {
    const detail = errorMessage(error);
    const reason = remark('damaged', { rows, detail });
    items.push({ kind: 'unreadable', table, key: String(rows + 1), reason, text: '' });
  }
  yield items;
}

/** A row as JSON would have it; whole numbers that JavaScript cannot count exactly become texts. */
function fieldsOf(row: Record<string, SQLOutputValue>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
}

function plain(value: SQLOutputValue): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;
}
