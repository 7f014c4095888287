import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DatabaseAddress } from '../config/database-address.ts';
import { errorCode } from '../error-code.ts';
import { UnavailableError } from '../errors.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { exportUser } from './export.ts';

/** How long an export may hold its connection and its snapshot: a million devices take some 20 seconds. */
const LONGEST_EXPORT_MS = 120_000;

/** A written export; its file is gone when the content has been read, or is given up. */
export type WrittenExport = { bytes: number; content: AsyncIterable<Buffer> };

/**
 * Writes an export to a temporary file, so that the database waits for the disk and never for the client. Throws
 * UnavailableError if that takes too long, or the disk is full; else like `exportUser`.
 * @param signal ends it when nobody wants the export any more
 */
export async function writeExport(
  address: DatabaseAddress,
  userId: string,
  signal: AbortSignal,
): Promise<WrittenExport> {
  const timeout = AbortSignal.timeout(LONGEST_EXPORT_MS);
  const folder = await makeTemporaryFolder('export');
  const path = join(folder, 'export.json');
  try {
    await pipeline(exportUser(address, userId), createWriteStream(path, { mode: 0o600 }), {
      signal: AbortSignal.any([timeout, signal]),
    });
    const file = await open(path);
    const { size: bytes } = await file.stat();
    return { bytes, content: file.createReadStream() };
  } catch (error) {
    if (timeout.aborted)
      throw new UnavailableError(
        `The export took more than ${LONGEST_EXPORT_MS / 1000} seconds: try again when less is going on, or ask the operator to run "netpilot export".`,
        { cause: error },
      );
    if (signal.aborted)
      throw new UnavailableError('The client has gone: nothing was exported.', { cause: error });
    if (errorCode(error) === 'ENOSPC')
      throw new UnavailableError(
        'There is no room for the export in the temporary folder: ask the operator.',
        { cause: error },
      );
    throw error;
  } finally {
    // What is open can still be read; a process that is killed leaves nothing.
    await rm(folder, { recursive: true, force: true });
  }
}
