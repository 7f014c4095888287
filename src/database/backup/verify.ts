import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import type { TSchema, Static } from 'typebox';
import { Value } from 'typebox/value';
import {
  type BackupOptions,
  type BackupSummary,
  DIGEST_BYTES,
  FIRST_LINE,
  FORMAT_VERSION,
  Header,
  LAST_LINE_BYTES,
  LONGEST_LINE,
  type StoredTable,
  Trailer,
  refusal,
  summarise,
} from './format.ts';
import { createMeter } from './meter.ts';

/** A backup whose every byte has been checked, open for reading. */
export type CheckedBackup = {
  file: string;
  handle: FileHandle;
  header: Header;
  stored: StoredTable[];
  summary: BackupSummary;
};

/**
 * Reads and checks the whole file, without a database. Throws InvalidInputError if it is not a
 * backup, is damaged or cut short, or is of a newer format.
 */
export function verifyBackup(file: string, options: BackupOptions = {}): Promise<BackupSummary> {
  return withCheckedBackup(file, options, ({ summary }) => Promise.resolve(summary));
}

/** Runs `work` with the backup after checking all of it. */
export async function withCheckedBackup<Result>(
  file: string,
  options: BackupOptions,
  work: (backup: CheckedBackup) => Promise<Result>,
): Promise<Result> {
  const handle = await openForReading(file);
  try {
    return await work(await check(file, handle, options));
  } finally {
    await handle.close();
  }
}

/** Streams a table's rows, in COPY's text format. */
export async function streamTable(
  { file, handle }: Pick<CheckedBackup, 'file' | 'handle'>,
  { name, rows, sha256, offset, length }: StoredTable,
  onRows: (rows: number) => void,
  sink: (rows: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> {
  const meter = createMeter(onRows);
  await pipeline(
    readRange(handle, offset, offset + length),
    createZstdDecompress(),
    (source) => meter.through(source),
    sink,
  );
  const found = meter.result();
  if (found.rows !== rows || found.sha256 !== sha256)
    throw refusal(file, `The rows of ${name} are not those that were saved.`);
}

async function check(
  file: string,
  handle: FileHandle,
  { onProgress }: BackupOptions,
): Promise<CheckedBackup> {
  const { size } = await handle.stat();
  const firstLine = await checkFirstLine(file, handle);
  const sha256 = await checkDigest(file, handle, size);
  // From here on every byte is as it was written: what doesn't fit was not written by NetPilot.
  const { trailer, start: trailerStart } = await readTrailer(file, handle, size);
  const dataStart = trailer.tables[0]?.offset ?? trailerStart;
  const header = parseLine(file, Header, await readText(file, handle, firstLine, dataStart));
  checkLayout(file, header, trailer.tables, dataStart, trailerStart);

  const summary = summarise(file, header, trailer.tables, { bytes: size, sha256 });
  let rows = 0;
  for (const table of trailer.tables) {
    const onRows = (more: number) => {
      rows += more;
      onProgress?.({ step: 'checking', table: table.name, rows, totalRows: summary.rows });
    };
    await decompress(file, handle, table, onRows);
  }
  return { file, handle, header, stored: trailer.tables, summary };
}

async function decompress(
  file: string,
  handle: FileHandle,
  table: StoredTable,
  onRows: (rows: number) => void,
): Promise<void> {
  try {
    await streamTable({ file, handle }, table, onRows, (rows) =>
      pipeline(rows, new Writable({ write: (_chunk, _encoding, done) => done() })),
    );
  } catch (error) {
    throw refusal(file, `The rows of ${table.name} cannot be read.`, error);
  }
}

/** Gives the length of the first line. */
async function checkFirstLine(file: string, handle: FileHandle): Promise<number> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(32), 0, 32, 0);
  const match = FIRST_LINE.exec(buffer.toString('latin1', 0, bytesRead));
  if (match === null) throw refusal(file, 'This is not a backup of NetPilot.');
  const version = Number(match[1]);
  if (version !== FORMAT_VERSION) {
    throw refusal(
      file,
      `This is a backup of format ${version}, and this NetPilot reads format ${FORMAT_VERSION}: use the newer NetPilot that made it.`,
    );
  }
  return match[0].length;
}

/** Checks the SHA-256 that the file ends with, and gives that of the whole file. */
async function checkDigest(file: string, handle: FileHandle, size: number): Promise<string> {
  const end = size - DIGEST_BYTES;
  const hash = createHash('sha256');
  for await (const chunk of readRange(handle, 0, end)) hash.update(chunk);
  const content = hash.copy().digest('hex');
  const last = await readText(file, handle, Math.max(end, 0), size);
  if (last !== `${content}\n`) {
    throw refusal(file, 'It is damaged or cut short: its checksum does not match its content.');
  }
  return hash.update(last).digest('hex');
}

async function readTrailer(
  file: string,
  handle: FileHandle,
  size: number,
): Promise<{ trailer: Trailer; start: number }> {
  const end = size - LAST_LINE_BYTES;
  const length = Number(await readText(file, handle, end, end + 10));
  const start = end - length;
  return { trailer: parseLine(file, Trailer, await readText(file, handle, start, end)), start };
}

function checkLayout(
  file: string,
  header: Header,
  stored: readonly StoredTable[],
  dataStart: number,
  dataEnd: number,
): void {
  const names = header.tables.map(({ name }) => name);
  let at = dataStart;
  const fits = stored.every(({ name, offset, length }, index) => {
    const follows = name === names[index] && offset === at;
    at += length;
    return follows;
  });
  if (!fits || stored.length !== names.length || at !== dataEnd)
    throw refusal(file, 'Its list of tables does not match its content.');
}

function parseLine<Schema extends TSchema>(
  file: string,
  schema: Schema,
  line: string,
): Static<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw refusal(file, 'Its description cannot be read.', error);
  }
  if (!Value.Check(schema, value)) throw refusal(file, 'Its description cannot be read.');
  return value;
}

async function readText(
  file: string,
  handle: FileHandle,
  start: number,
  end: number,
): Promise<string> {
  const length = end - start;
  if (!(start >= 0 && length >= 0 && length <= LONGEST_LINE))
    throw refusal(file, 'It is damaged or cut short.');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, start);
  return buffer.toString('utf8', 0, bytesRead);
}

/** The bytes from `start` up to, not including, `end`. Leaves the file open. */
async function* readRange(
  handle: FileHandle,
  start: number,
  end: number,
): AsyncGenerator<Buffer, void> {
  for (let at = start; at < end;) {
    const length = Math.min(256 * 1024, end - at);
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function openForReading(file: string): Promise<FileHandle> {
  try {
    const handle = await open(file, 'r');
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
  } catch (error) {
    throw refusal(file, 'It cannot be opened.', error);
  }
  throw refusal(file, 'It is not a file.');
}
