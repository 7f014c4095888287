import { errorCode } from './error-code.ts';
import { UnavailableError } from './errors.ts';

const ANOTHER_FOLDER = "choose another folder (for NetPilot's own data: --data or NETPILOT_DATA)";
const AS_ITS_OWNER = `run NetPilot as the user it belongs to, or ${ANOTHER_FOLDER}`;
const ROOM = `free some space, or ${ANOTHER_FOLDER}`;

/** What a failed system call means (errno(3)) for the person who runs NetPilot, and what helps. */
const MEANINGS: Readonly<Record<string, readonly [reason: string, fix: string]>> = {
  EACCES: ['this user has no permission', AS_ITS_OWNER],
  EPERM: ['this user has no permission', AS_ITS_OWNER],
  EROFS: ['it is on a read-only file system', `make that writable, or ${ANOTHER_FOLDER}`],
  ENOSPC: ['the disk is full', ROOM],
  EDQUOT: ["this user's share of the disk is used up", ROOM],
  EFBIG: ['the file would be larger than is allowed', 'raise the limit (`ulimit -f`)'],
  EIO: ['the disk reports an error', "look at the system's log (`dmesg`), and have a backup ready"],
  ENOENT: ['it does not exist', 'create it, or name another one'],
  EEXIST: ['there is something else of that name', ANOTHER_FOLDER],
  ENOTDIR: ['a part of that path is a file, not a folder', ANOTHER_FOLDER],
  EISDIR: ['it is a folder, not a file', 'name a file in it'],
  ELOOP: ['its links lead in a circle', ANOTHER_FOLDER],
  ENAMETOOLONG: ['the name is too long', ANOTHER_FOLDER],
  EMFILE: ['too many files are open', 'raise the limit (`ulimit -n`)'],
  ENFILE: ['too many files are open on this machine', 'raise the limit (`sysctl fs.file-max`)'],
};

/** What an error of the file system means (a full disk, no permission), and what helps; undefined for any other error. */
export function describeSystemError(error: unknown): { says: string; fix: string } | undefined {
  if (!(error instanceof Error) || !('errno' in error) || !('syscall' in error)) return undefined;
  // Sockets have an address.
  if ('address' in error) return undefined;
  const code = errorCode(error) ?? '';
  const meaning = MEANINGS[code];
  if (meaning === undefined) return undefined;
  const [reason, fix] = meaning;
  const what = 'path' in error ? `${String(error.path)} cannot be used` : 'A file cannot be used';
  return { says: `${what}: ${reason} (${code}).`, fix: `${fix}.` };
}

/** Gives an UnavailableError for an error of the file system, because that is no defect. Gives every other error back. */
export function explainSystemError(error: unknown): unknown {
  const described = describeSystemError(error);
  if (described === undefined) return error;
  return new UnavailableError(`${described.says} To fix it, ${described.fix}`, { cause: error });
}
