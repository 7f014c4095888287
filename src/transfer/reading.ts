import type { Book } from './book.ts';
import { type Carried, type Document, readDocument, settleDocuments } from './documents.ts';
import { InvalidInputError } from '../errors.ts';
import { createIntake, type Seen } from './intake.ts';
import { readJsonRecords } from './legacy/json-records.ts';
import type { LegacyItem } from './legacy/record.ts';
import { openSqlite } from './legacy/sqlite-records.ts';
import { createDateReader } from './legacy/timestamp.ts';
import { createRestoreIntake } from './restore.ts';
import { remark } from './remarks.ts';
import { readBytes, type Source, type SourceFile } from './source.ts';
import type { Staging } from './staging.ts';

/** A setting takes this much before the next one begins: PostgreSQL has 256 MB for the whole of a jsonb. */
const SETTING_BYTES = 8_388_608;

/** A row of an export holds what was kept of many records, as text within JSON, which may be twice as long. */
const ROW_LIMITS = { bytes: 33_554_432, depth: 100 };

/** Reads every file of a source into the staging tables. */
export async function readSource(
  source: Source,
  timezone: string,
  book: Book,
  staging: Staging,
  onProgress: ((done: number, total: number) => void) | undefined,
): Promise<{ seen: Seen; carried: Carried[] }> {
  const seen: Seen = { tables: [], listEntries: false };
  const readDate = createDateReader(timezone);
  const keepKey = createKeepKey();
  const total = source.files.reduce((sum, { size }) => sum + size, 0);
  const documents: Document[] = [];
  let done = 0;
  const onBytes = (bytes: number) => {
    done += bytes;
    onProgress?.(done, total);
  };
  for (const file of source.files) {
    if (file.kind === 'document') {
      const document = await readDocument(file, book, staging);
      if (document !== 'tables') {
        if (document !== undefined) documents.push(document);
        onBytes(file.size);
        continue;
      }
    }
    const take =
      file.kind === 'export'
        ? createRestoreIntake(file.name, book, staging)
        : createIntake(file.name, readDate, book, staging, seen, keepKey);
    let items = 0;
    for await (const batch of itemsOf(file, onBytes)) {
      items += batch.length;
      for (const item of batch) take(item);
      await staging.flush();
    }
    if (items === 0) book.note(file.name, remark('empty_file'));
  }
  return { seen, carried: settleDocuments(documents, book, staging) };
}

async function* itemsOf(
  file: SourceFile,
  onBytes: (bytes: number) => void,
): AsyncGenerator<LegacyItem[]> {
  if (file.kind === 'sqlite') {
    try {
      yield* await openSqlite(file.path);
    } catch (error) {
      throw notSqlite(file, error);
    }
    onBytes(file.size);
    return;
  }
  let first = true;
  const table = file.name.replace(/\.json$/i, '');
  for await (const batch of readJsonRecords(
    counted(file.path, onBytes),
    table,
    file.kind === 'export' ? ROW_LIMITS : undefined,
  )) {
    if (first) requireJson(file, batch);
    first = false;
    yield batch;
  }
}

/** SQLite's own errors have a number; whatever else went wrong stays as it is. */
function notSqlite({ name }: SourceFile, error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error;
  return new InvalidInputError(
    [{ field: name, expected: 'a SQLite database that is whole' }],
    `${name} cannot be read as a SQLite database: ${error.message}. Nothing was imported.`,
  );
}

/** A file in which nothing is JSON is a wrong file, and no record to be skipped. */
function requireJson({ name }: SourceFile, batch: readonly LegacyItem[]): void {
  const [item] = batch;
  if (item?.kind !== 'unreadable' || item.foreign !== true) return;
  throw new InvalidInputError(
    [{ field: name, value: item.text, expected: 'a JSON file of tables' }],
    `${name} ${item.reason.text}. Nothing was imported.`,
  );
}

async function* counted(
  path: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const bytes of readBytes(path)) {
    onBytes(bytes.length);
    yield bytes;
  }
}

/** The settings that keep a table: `legacy.rules`, and when that has had enough, `legacy.rules.2`. */
function createKeepKey(): (key: string, bytes: number) => string {
  const kept = new Map<string, number>();
  return (key, bytes) => {
    const before = kept.get(key) ?? 0;
    kept.set(key, before + bytes);
    const part = Math.floor(before / SETTING_BYTES) + 1;
    return part === 1 ? key : `${key}.${part}`;
  };
}
