import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errorCode } from './error-code.ts';
import { errorMessage } from './error-message.ts';
import { InvalidInputError, UnavailableError } from './errors.ts';

export type WholeFileOptions = {
  /** Whether a file of that name may be replaced. */
  overwrite?: boolean | undefined;
  /** When it is aborted nothing half-written stays, and no file appears any more. */
  signal?: AbortSignal | undefined;
};

/**
 * Writes a file that appears complete or not at all, readable by its owner alone. Throws
 * InvalidInputError when `file` is there already (unless `overwrite`) or can't be written,
 * UnavailableError when the disk fails.
 */
export async function writeWholeFile<Result>(
  file: string,
  { overwrite = false, signal }: WholeFileOptions,
  write: (handle: FileHandle) => Promise<Result>,
): Promise<Result> {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new InvalidInputError(
      [{ field: 'file', value: file, expected: 'a file, not a folder' }],
      `${file} is a folder: name a file in it.`,
    );
  }
  if (!overwrite && existsSync(file)) {
    throw new InvalidInputError(
      [{ field: 'file', value: file, expected: 'a file that does not exist yet' }],
      `${file} is there already: choose another name, or say that it may be overwritten (--overwrite).`,
    );
  }
  signal?.throwIfAborted();
  // A name of its own: two writers at once, or what a killed one left, never mix.
  const partial = `${file}.${randomBytes(4).toString('hex')}.partial`;
  const handle = await openPartial(partial, file);
  // At once, for the process may end next. What is renamed afterwards is not there any more.
  const remove = () => rmSync(partial, { force: true });
  signal?.addEventListener('abort', remove);
  try {
    const result = await write(handle);
    await handle.sync();
    await handle.close();
    await rename(partial, file);
    await syncFolder(dirname(resolve(file)));
    return result;
  } catch (error) {
    await handle.close();
    await rm(partial, { force: true });
    if (['ENOSPC', 'EDQUOT', 'EIO', 'EFBIG'].includes(errorCode(error) ?? '')) {
      throw new UnavailableError(`${file} cannot be written: ${errorMessage(error)}`, {
        cause: error,
      });
    }
    throw error;
  } finally {
    signal?.removeEventListener('abort', remove);
  }
}

async function openPartial(partial: string, file: string): Promise<FileHandle> {
  try {
    return await open(partial, 'wx', 0o600);
  } catch (error) {
    // `ENOENT: no such file or directory, open '…'`, without the call: its path is not one that was given.
    const reason = errorMessage(error).replace(/, \w+ '.*$/, '');
    throw new InvalidInputError(
      [{ field: 'file', value: file, expected: 'a file in a folder that can be written to' }],
      `${file} cannot be written: ${reason}.`,
    );
  }
}

/** Makes the new name survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
