/** What an import takes at most. docs/security.md lists these. */

/** All files together, in bytes: a million devices are some 200 MB. */
export const LARGEST_SOURCE = 512 * 1024 * 1024;

/** Files in a folder; more are not a data folder. */
export const MOST_FILES = 1_000;

/** Tables of all files, those that the import counts apart included. The old program had a dozen. */
export const MOST_TABLES = 100;

/** Different notes about the files. */
export const MOST_NOTES = 1_000;

/** Devices whose rows say whether they are blocked. */
export const MOST_ROW_BLOCKS = 100_000;

/** Names of tables and keys of records, in bytes. */
export const LONGEST_KEY = 1_000;

/** A record, in bytes; a longer one is not a record of the old program. */
export const RECORD_LIMIT = 1_048_576;

/** How deep a record is nested: PostgreSQL's own limit depends on its stack. */
export const DEEPEST = 64;

/** The longest text in a line that the reading process sends, in characters: longer ones come in parts. */
export const LONGEST_PART = 131_072;

/** Of a line, in bytes: a part in which each character needs six, and what is around it. */
export const LONGEST_LINE = 8 * LONGEST_PART;

/** What the process that reads the files may use. */
export const PROCESS_LIMITS = {
  /** JavaScript's own memory, in megabytes. */
  heap: 96,
  /** All memory that it reserves, in kilobytes; Node.js reserves 1.1 GB before it does anything. */
  addressSpace: 1_300_000,
  /** Seconds of processor time, and for how many bytes it gets another one. */
  processorSeconds: 4,
  bytesPerSecond: 8 * 1024 * 1024,
  /** How long it may be silent, in milliseconds. */
  silence: 30_000,
};
export type ProcessLimits = typeof PROCESS_LIMITS;
