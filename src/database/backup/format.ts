import { type Static, Type } from 'typebox';
import { InvalidInputError } from '../../errors.ts';

/*
 * A backup file, from its first byte to its last:
 *
 *   NETPILOT-BACKUP 1\n     what it is, and the version of this format
 *   {…}\n                   Header, as JSON on one line
 *   ….….…                   one zstd stream (RFC 8878) for each table: COPY's text format in UTF-8
 *   {…}\n                   Trailer, as JSON on one line
 *   0000001234 <sha256>\n   length of the trailer's line in bytes, SHA-256 of all that is before it
 */

export const FORMAT_VERSION = 1;
export const FIRST_LINE = /^NETPILOT-BACKUP (\d{1,9})\n/;
/** Bytes of the last line: 10 digits, a space, 64 hexadecimal digits and the newline. */
export const LAST_LINE_BYTES = 76;
/** Bytes of the digest and the newline behind it; the digest covers all that is before. */
export const DIGEST_BYTES = 65;
/** Bytes; far more than any header or trailer has. */
export const LONGEST_LINE = 16 * 1024 * 1024;

const Column = Type.Object({ name: Type.String(), type: Type.String() });

/** What is known before the first row is read. */
export const Header = Type.Object({
  netpilotVersion: Type.String(),
  postgresVersion: Type.String(),
  /** RFC 3339, UTC: the moment of the copy. */
  takenAt: Type.String(),
  /** Names of the database's migrations, oldest first. */
  migrations: Type.Array(Type.String(), { minItems: 1 }),
  /** Each table after those it refers to. */
  tables: Type.Array(Type.Object({ name: Type.String(), columns: Type.Array(Column) })),
});
export type Header = Static<typeof Header>;
export type BackupTable = Header['tables'][number];

const StoredTable = Type.Object({
  name: Type.String(),
  rows: Type.Integer({ minimum: 0 }),
  /** Where its zstd stream is in the file. */
  offset: Type.Integer({ minimum: 0 }),
  length: Type.Integer({ minimum: 1 }),
  /** SHA-256 of its rows as COPY wrote them, in hexadecimal. */
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
});
export type StoredTable = Static<typeof StoredTable>;

/** What is known after the last row was written. */
export const Trailer = Type.Object({ tables: Type.Array(StoredTable) });
export type Trailer = Static<typeof Trailer>;

/** What a backup holds, for a person and for `--json`. */
export type BackupSummary = {
  file: string;
  /** Size of the file. */
  bytes: number;
  /** SHA-256 of the whole file, as `sha256sum` prints it. */
  sha256: string;
  /** RFC 3339, UTC. */
  takenAt: string;
  netpilotVersion: string;
  postgresVersion: string;
  migrations: string[];
  tables: { name: string; rows: number }[];
  /** Of all tables together. */
  rows: number;
};

/** Progress of a long step. The total is an estimate while saving, exact while checking and loading. */
export type Progress = {
  step: 'saving' | 'checking' | 'loading';
  table: string;
  /** Of all tables together, so far. */
  rows: number;
  totalRows: number;
};

export type BackupOptions = { onProgress?: (progress: Progress) => void };

/** The error for a file that cannot be restored. `reason` is a whole sentence. */
export function refusal(file: string, reason: string, cause?: unknown): InvalidInputError {
  const error = new InvalidInputError(
    [{ field: 'file', value: file, expected: 'a whole backup made by `netpilot backup`' }],
    `${file}: ${reason} Nothing was changed.`,
  );
  error.cause = cause;
  return error;
}

/** The start of a file's last line; the digest follows. */
export function lastLineStart(trailerLine: string): string {
  return `${String(Buffer.byteLength(trailerLine)).padStart(10, '0')} `;
}

export function summarise(
  file: string,
  { migrations, netpilotVersion, postgresVersion, takenAt }: Header,
  stored: readonly StoredTable[],
  { bytes, sha256 }: { bytes: number; sha256: string },
): BackupSummary {
  return {
    file,
    bytes,
    sha256,
    takenAt,
    netpilotVersion,
    postgresVersion,
    migrations,
    tables: stored.map(({ name, rows }) => ({ name, rows })),
    rows: stored.reduce((total, { rows }) => total + rows, 0),
  };
}
