import { addNote, type Import } from './context.ts';
import { type Documents, readDocument, settleDocuments } from './documents.ts';
import { InvalidInputError } from '../errors.ts';
import { readJsonRecords } from './legacy/json-records.ts';
import type { LegacyItem } from './legacy/record.ts';
import { readSqliteRecords } from './legacy/sqlite-records.ts';
import { remark } from './problem.ts';
import { stageRow } from './restore.ts';
import { isHistory, readBytes, type SourceFile } from './source.ts';
import { settleRowBlocks, stageItem } from './stage-records.ts';

/** A row of an export holds what was kept of many records, as text within JSON, which may be twice as long. */
const ROW_LIMITS = { bytes: 33_554_432, depth: 100 };

/**
 * Reads every file of the source into the staging tables. Throws InvalidInputError for a file that cannot
 * be read at all.
 * @param onProgress gets the bytes read, and those of all files
 */
export async function readFiles(
  context: Import,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const { files } = context.source;
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const documents: Documents = new Map();
  let done = 0;
  for (const file of files) {
    if (isHistory(context.source, file.name)) addNote(context, file.name, remark('history'));
    const found = file.kind === 'document' ? await readDocument(context, file) : undefined;
    if (found === undefined) {
      await readRecords(context, file, (bytes) => onProgress(done + bytes, total));
    } else {
      documents.set(file.name.toLowerCase(), found[0]);
    }
    done += file.size;
    onProgress(done, total);
  }
  settleDocuments(context, documents);
  settleRowBlocks(context);
  await context.staging.finish();
}

async function readRecords(
  context: Import,
  file: SourceFile,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const stage = file.kind === 'export' ? stageRow : stageItem;
  let items = 0;
  try {
    for await (const batch of itemsOf(file, onBytes)) {
      items += batch.length;
      for (const item of batch) {
        if (item.kind === 'unreadable' && item.foreign === true) throw notJson(file, item);
        stage(context, file.name, item);
      }
      await context.staging.flush();
    }
  } catch (error) {
    throw explainSqlite(file, error);
  }
  if (items === 0) addNote(context, file.name, remark('empty_file'));
}

function itemsOf(
  { kind, name, path }: SourceFile,
  onBytes: (bytes: number) => void,
): AsyncIterable<LegacyItem[]> {
  if (kind === 'sqlite') return readSqliteRecords(path);
  const limits = kind === 'export' ? ROW_LIMITS : undefined;
  return readJsonRecords(countBytes(path, onBytes), name.replace(/\.json$/i, ''), limits);
}

async function* countBytes(
  path: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const bytes of readBytes(path)) {
    read += bytes.length;
    onBytes(read);
    yield bytes;
  }
}

/** A file in which nothing is JSON is a wrong file, and not a record to skip. */
function notJson({ name }: SourceFile, item: LegacyItem & { kind: 'unreadable' }) {
  return new InvalidInputError(
    [{ field: name, value: item.text, expected: 'a JSON file of tables' }],
    `${name} ${item.reason.text}. Nothing was imported.`,
  );
}

/** SQLite's own errors have a number; every other error stays as it is. */
function explainSqlite({ name }: SourceFile, error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error;
  return new InvalidInputError(
    [{ field: name, expected: 'a SQLite database that is whole' }],
    `${name} cannot be read as a SQLite database: ${error.message}. Nothing was imported.`,
  );
}
