/**
 * The process that reads what somebody else made: it parses the files of a folder and says what is in them
 * (messages.ts), and may do nothing else (import-process.ts).
 *   node import-worker.ts FOLDER NAME
 */
import { InvalidInputError } from '../errors.ts';
import { readJsonRecords } from './legacy/json-records.ts';
import { LARGEST_DOCUMENT, readDocument } from './legacy/read-document.ts';
import { isFields, type LegacyItem } from './legacy/record.ts';
import { readSqliteRecords } from './legacy/sqlite-records.ts';
import { MOST_TABLES } from './limits.ts';
import { remark } from './problem.ts';
import { createSender } from './sending.ts';
import { explainUnreadable, type FoundFile, openSource, readBytes } from './source.ts';

/**
 * A row of an export holds what was kept of many records, as text within JSON, which may be twice as long. A long one is
 * parsed by PostgreSQL alone.
 */
const ROW_LIMITS = { bytes: 20_971_520, depth: 100, parsed: 2_097_152 };

/** Columns of an export that are JSON themselves, with numbers that a person may have chosen. */
const JSON_COLUMNS = new Set(['setting_value', 'details', 'report']);

const { send, sendItem } = createSender();
const [folder = '', shownAs = folder] = process.argv.slice(2);
await readFolder().catch((error: unknown) => {
  const explained = explainUnreadable(folder, error);
  if (!(explained instanceof InvalidInputError)) throw explained;
  send({ kind: 'refused', fields: [...explained.fields], message: explained.message });
});

async function readFolder(): Promise<void> {
  const { files, leftOut } = await openSource(folder, shownAs);
  send({
    kind: 'source',
    files: files.map(({ name, size, kind }) => ({ name, size, kind })),
    leftOut,
  });
  for (const file of files) {
    send({ kind: 'file', name: file.name });
    if (file.kind === 'document' && (await sendDocument(file))) continue;
    await sendRecords(file);
  }
  send({ kind: 'end' });
}

/** Gives whether the file was one. */
async function sendDocument({ name, path, size }: FoundFile): Promise<boolean> {
  if (size > LARGEST_DOCUMENT) return false;
  const pieces: Buffer[] = [];
  for await (const piece of readBytes(path)) pieces.push(piece);
  const document = readDocument(name, Buffer.concat(pieces));
  if (document === undefined) return false;
  const { text, reason } = document;
  send({
    kind: 'document',
    text,
    ...(reason && { reason: { code: reason.code, values: { ...reason.values } } }),
  });
  return true;
}

async function sendRecords(file: FoundFile): Promise<void> {
  const tables = new Set<string>();
  try {
    for await (const items of itemsOf(file))
      for (const item of items) {
        if (item.kind === 'unreadable' && item.foreign === true) throw notJson(file, item);
        // A table that comes a million times is one.
        if (item.kind === 'table' && tables.has(item.table)) continue;
        tables.add(item.table);
        if (tables.size > MOST_TABLES) throw tooManyTables(file);
        sendItem(file.kind === 'export' ? exactRow(item) : item);
      }
  } catch (error) {
    throw explainSqlite(file, error);
  }
}

function itemsOf({ kind, name, path, size }: FoundFile) {
  if (kind === 'sqlite') return readSqliteRecords(path, { name, size });
  const limits = kind === 'export' ? ROW_LIMITS : undefined;
  return readJsonRecords(countBytes(path), name.replace(/\.json$/i, ''), limits);
}

async function* countBytes(path: string): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of readBytes(path)) {
    bytes += piece.length;
    send({ kind: 'read', bytes });
    yield piece;
  }
}

/** The row of an export, unless a column has a number that no program reads exactly. */
function exactRow(item: LegacyItem): LegacyItem {
  if (item.kind !== 'record' || !isFields(item.value)) return item;
  const inexact = Object.entries(item.value).find(
    ([column, value]) =>
      typeof value === 'number' &&
      !JSON_COLUMNS.has(column) &&
      Math.abs(value) > Number.MAX_SAFE_INTEGER,
  );
  if (inexact === undefined) return item;
  const { table, key, text = '' } = item;
  const reason = remark('inexact_number');
  return { kind: 'unreadable', table, key, field: inexact[0], reason, text };
}

function tooManyTables({ name }: FoundFile) {
  return new InvalidInputError(
    [{ field: name, expected: `at most ${MOST_TABLES} tables` }],
    `${name} has more than ${MOST_TABLES} tables: it is not a file of the old program. Nothing was imported.`,
  );
}

/** A file in which nothing is JSON is a wrong file, and not a record to skip. */
function notJson({ name }: FoundFile, item: LegacyItem & { kind: 'unreadable' }) {
  return new InvalidInputError(
    [{ field: name, value: item.text, expected: 'a JSON file of tables' }],
    `${name} ${item.reason.text}. Nothing was imported.`,
  );
}

/** SQLite's own errors have a number; every other error stays as it is. */
function explainSqlite({ name }: FoundFile, error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error;
  const detail = error.message.slice(0, 200);
  return new InvalidInputError(
    [{ field: name, expected: 'a SQLite database that is whole' }],
    `${name} cannot be read as a SQLite database: ${detail}. Nothing was imported.`,
  );
}
