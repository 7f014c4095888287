import { createReadStream } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorMessage } from '../error-message.ts';
import { InvalidInputError } from '../errors.ts';
import { remark } from './problem.ts';
import type { RemarkCode } from './remarks.ts';

/** What a file of the folder is to the import. */
export type FileKind = 'sqlite' | 'tables' | 'document' | 'export';

export type SourceFile = { name: string; path: string; size: number; kind: FileKind };

export type Source = {
  files: SourceFile[];
  /** What is there and not read, and why. */
  leftOut: { file: string; reason: string; code: RemarkCode }[];
};

/** These hold the router's user name and password: not one byte of them is read. */
const SECRETS = new Set(['router.json', 'config.json']);

/** Whether a file of that name is never to be read. */
export function isSecret(name: string): boolean {
  return SECRETS.has(name.toLowerCase());
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
 * Looks into a data folder (or at one file) and says what of it can be imported. Throws
 * InvalidInputError where there is nothing to read, or nothing that is the old program's or an export.
 * @param shownAs what it is called in errors
 */
export async function openSource(path: string, shownAs = path): Promise<Source> {
  const source: Source = { files: [], leftOut: [] };
  const leaveOut = (file: string, code: RemarkCode) =>
    source.leftOut.push({ file, reason: remark(code).text, code });
  for (const name of await listNames(path)) {
    const file = name === '' ? path : join(path, name);
    const label = basename(file);
    if (isSecret(label) || (await isLinkToSecret(file))) {
      leaveOut(label, 'secrets');
      continue;
    }
    const found = await unlessUnreadable(file, () => stat(file));
    const kind = found.isFile() ? await kindOf(file, label) : undefined;
    if (kind !== undefined) source.files.push({ name: label, path: file, size: found.size, kind });
    else leaveOut(label, found.isFile() ? 'foreign_file' : 'no_file');
  }
  if (source.files.length > 0) return source;
  throw new InvalidInputError(
    [
      {
        field: 'source',
        value: shownAs,
        expected: 'a data folder of the old program, or an export',
      },
    ],
    `There is nothing to import in ${shownAs}: no devices.db, netpilot.json, devices.json or configuration file of the old program, and no export of NetPilot's.`,
  );
}

/** The bytes of a file, in pieces. */
export function readBytes(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: 262_144 });
}

/** The names in a folder, in order; '' alone where the path is a file itself. */
function listNames(path: string): Promise<string[]> {
  return unlessUnreadable(path, async () => {
    if (!(await stat(path)).isDirectory()) return [''];
    return (await readdir(path)).toSorted();
  });
}

/** Under whatever name. */
async function isLinkToSecret(path: string): Promise<boolean> {
  return unlessUnreadable(path, async () => isSecret(basename(await realpath(path))));
}

async function unlessUnreadable<Result>(
  path: string,
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    throw new InvalidInputError(
      [{ field: 'source', value: path, expected: 'a folder or file that can be read' }],
      `${path} cannot be read: ${errorMessage(error)}`,
    );
  }
}

async function kindOf(path: string, name: string): Promise<FileKind | undefined> {
  const lower = name.toLowerCase();
  const head = await unlessUnreadable(path, () => readHead(path));
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
