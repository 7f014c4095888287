import { createReadStream, type Stats } from 'node:fs';
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InvalidInputError } from '../errors.ts';
import { LARGEST_SOURCE, MOST_FILES } from './limits.ts';
import type { RemarkCode } from './remarks.ts';

/** What a file of the folder is to the import. */
export type FileKind = 'sqlite' | 'tables' | 'document' | 'export';

export type SourceFile = { name: string; size: number; kind: FileKind };

/** A file as the process that reads it knows it. */
export type FoundFile = SourceFile & { path: string };

export type Source<File extends SourceFile = SourceFile> = {
  files: File[];
  /** What is not read, and why. */
  leftOut: { file: string; code: RemarkCode }[];
};

/** These hold the router's user name and password: not one byte of them, or of a copy beside them, is read. */
const SECRETS = /^(router\.json|config\.json|ports\.db|\.env)/i;

/** Whether a file of that name must never be read. */
export function isSecret(name: string): boolean {
  return SECRETS.test(name);
}

/**
 * Whether SQLite keeps changes in it that are not in the database yet. It is not read: a journal names
 * further files, and SQLite would write to the database first.
 */
export function isCompanion(name: string): boolean {
  return /\.(db|sqlite3?)-(wal|journal)$/i.test(name);
}

/** From these on (2025-05-05) the program did not open its SQLite database any more. */
const NEWER_THAN_SQLITE =
  /^(netpilot|netpilot_state|devices|mode|bandwidth_mode|(white|black)list(_config)?)\.json$/i;

/** Whether a file of the source is a leftover of the SQLite generation beside a newer one. */
export function isHistory({ files }: Source, name: string): boolean {
  return (
    files.some((file) => file.name === name && file.kind === 'sqlite') &&
    files.some((file) => file.kind !== 'export' && NEWER_THAN_SQLITE.test(file.name))
  );
}

/** Small files of settings, each one record. */
const DOCUMENTS = new Set([
  'whitelist.json',
  'blacklist.json',
  'whitelist_config.json',
  'blacklist_config.json',
  'mode.json',
  'bandwidth_mode.json',
  'ips_to_scan.json',
  // From the router itself, of /etc/config.
  'netpilot_state.json',
  'netpilot_groups_state.json',
]);

const TABLES = new Set([
  'devices.json',
  'netpilot.json',
  'device_groups.json',
  'group_members.json',
  'rules.json',
  'device_rules.json',
  'settings.json',
]);

const EXPORT_MARK = '"netpilot-export"';
const SQLITE_MARK = 'SQLite format 3\0';

/**
 * Looks into a data folder (or at one file) and finds what of it can be imported. Throws
 * InvalidInputError if there is nothing to read, nothing of the old program's and no export, or something in the
 * place of a file that is not one.
 * @param shownAs what it is called in errors
 */
export async function openSource(path: string, shownAs = path): Promise<Source<FoundFile>> {
  const source: Source<FoundFile> = { files: [], leftOut: [] };
  try {
    for (const file of await listFiles(path, shownAs)) {
      const found = await examine(file, file === path ? await stat(file) : await lstat(file));
      const name = basename(file);
      if ('kind' in found) source.files.push({ name, path: file, ...found });
      else source.leftOut.push({ file: name, ...found });
    }
  } catch (error) {
    throw explainUnreadable(path, error);
  }
  requireSize(source.files);
  if (source.files.length === 0) throw await nothingToImport(path, shownAs, source);
  return source;
}

async function nothingToImport(path: string, shownAs: string, { leftOut }: Source) {
  const names = leftOut.map(({ file }) => file);
  const seen =
    names.length === 0
      ? ''
      : ` It has ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}.`;
  const inner = (await findInner(path))
    ? ` Its folder data/ has some: import ${join(shownAs, 'data')}.`
    : '';
  return new InvalidInputError(
    [
      {
        field: 'source',
        value: shownAs,
        expected: 'a data folder of the old program, or an export',
      },
    ],
    `There is nothing to import in ${shownAs}: no devices.db, netpilot.json, devices.json or configuration file of the old program, and no export from NetPilot.${seen}${inner}`,
  );
}

/** Whether the folder `data/` in the folder has something to import. */
async function findInner(path: string): Promise<boolean> {
  return openSource(join(path, 'data')).then(
    () => true,
    () => false,
  );
}

function requireSize(files: readonly SourceFile[]): void {
  let total = 0;
  for (const { name, size } of files) {
    total += size;
    if (total <= LARGEST_SOURCE) continue;
    throw new InvalidInputError(
      [{ field: name, expected: `at most ${LARGEST_SOURCE} bytes, all files together` }],
      `${name} has ${size} bytes; ${LARGEST_SOURCE} at most are read, all files together. Nothing was imported.`,
    );
  }
}

/** The bytes of a file, in pieces. */
export function readBytes(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: 262_144 });
}

/** The files in a folder, in the order of their names; the path alone if it is a file itself. */
async function listFiles(path: string, shownAs: string): Promise<string[]> {
  const found = await stat(path);
  if (found.isFile()) return [path];
  if (!found.isDirectory()) throw notAFile(shownAs, found);
  const names = await readdir(path);
  if (names.length <= MOST_FILES) return names.toSorted().map((name) => join(path, name));
  throw new InvalidInputError(
    [{ field: 'source', value: shownAs, expected: `a folder of at most ${MOST_FILES} files` }],
    `There is nothing to import in ${shownAs}: it has ${names.length} files, and a data folder of the old program never more than ${MOST_FILES}.`,
  );
}

/** What a file is to the import, or why it is left out. */
async function examine(
  path: string,
  found: Stats,
): Promise<{ kind: FileKind; size: number } | { code: RemarkCode }> {
  const name = basename(path);
  // A link to a file of secrets is one too, whatever its name.
  if (isSecret(name) || isSecret(basename(await realpath(path)))) return { code: 'secrets' };
  if (!found.isFile()) {
    if (!found.isDirectory() && WANTED.test(name)) throw notAFile(name, found);
    return { code: 'no_file' };
  }
  if (isCompanion(name)) return { code: 'companion' };
  if (name.toLowerCase() === 'mac-vendors.txt') return { code: 'vendors' };
  const kind = await kindOf(path, name);
  return kind === undefined ? { code: 'foreign_file' } : { kind, size: found.size };
}

/** Names of files that would be read. */
const WANTED = /\.(json|db|sqlite3?)$/i;

/** It could be a link to any file of this machine, or a pipe that never ends. */
function notAFile(name: string, found: Stats): InvalidInputError {
  const what = found.isSymbolicLink() ? 'a symbolic link' : 'a device, pipe or socket';
  return new InvalidInputError(
    [{ field: name, expected: 'a file' }],
    `${name} is ${what}, not a file: put the file itself in its place. Nothing was imported.`,
  );
}

/** Explains a failure of the file system; gives every other error back. */
export function explainUnreadable(source: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  const path = 'path' in error ? String(error.path) : source;
  return new InvalidInputError(
    [{ field: 'source', value: path, expected: 'a folder or file that can be read' }],
    `${path} cannot be read: ${error.message}`,
  );
}

async function kindOf(path: string, name: string): Promise<FileKind | undefined> {
  const lower = name.toLowerCase();
  const head = await readHead(path);
  if (head.startsWith(SQLITE_MARK)) return 'sqlite';
  if (/\.(db|sqlite3?)$/.test(lower)) {
    throw new InvalidInputError(
      [{ field: name, expected: 'a SQLite database' }],
      `${name} is no SQLite database, though its name says so: nothing was imported.`,
    );
  }
  if (!lower.endsWith('.json')) return undefined;
  if (head.includes(EXPORT_MARK)) return 'export';
  if (DOCUMENTS.has(lower)) return 'document';
  return TABLES.has(lower) ? 'tables' : undefined;
}

async function readHead(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(128), 0, 128, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
