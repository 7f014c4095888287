import { createWriteStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { finished, pipeline } from 'node:stream/promises';
import type { FastifyRequest } from '../api/app.ts';
import { InvalidInputError, NetPilotError, TooLargeError } from '../errors.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { LARGEST_SOURCE } from './limits.ts';
import { isCompanion, isSecret } from './source.ts';

/** How long it may take to arrive: it has a place among few until then. */
const LONGEST_UPLOAD_MS = 30 * 60_000;

/** More than the framing around the files takes. */
const FRAMING = 1024 * 1024;

/** A file system's limit on names is 255 bytes. */
const LONGEST_NAME = 200;

/** Throws InvalidInputError for a request that is not an upload, before any of its body is read. */
export async function requireUpload({ headers }: FastifyRequest): Promise<void> {
  const type = headers['content-type'] ?? '';
  if (/^multipart\/form-data\s*;.*boundary=/i.test(type)) return;
  throw new InvalidInputError([
    {
      field: 'Content-Type',
      value: type,
      expected: 'multipart/form-data with the files of the data folder',
    },
  ]);
}

/**
 * Puts the uploaded files into a folder of their own for as long as `work` takes. Throws
 * InvalidInputError for a body that is not an upload of files, and TooLargeError for too much of it.
 */
export async function withUpload<Result>(
  request: FastifyRequest,
  work: (folder: string) => Promise<Result>,
  largest = LARGEST_SOURCE,
): Promise<Result> {
  requireAtMost(largest, Number(request.headers['content-length'] ?? 0) - FRAMING);
  // While it waited for its turn: nothing of it would ever come.
  if (request.raw.destroyed) throw new InvalidInputError([], 'The upload was broken off.');
  const folder = await makeTemporaryFolder('upload');
  try {
    const tooLate = setTimeout(() => request.raw.destroy(), LONGEST_UPLOAD_MS);
    await receive(request, folder, largest).finally(() => clearTimeout(tooLate));
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function receive(request: FastifyRequest, folder: string, largest: number): Promise<void> {
  let received = 0;
  // The parser has a limit for one file: fifty of those would still fill a disk.
  const pass = async function* pass(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      received += chunk.length;
      requireAtMost(largest, received);
      yield chunk;
    }
  };
  const names = new Set<string>();
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') throw expectation(part.fieldname, part.value, 'a file');
      const name = fileName(part.filename);
      // Some file systems ignore case.
      if (names.has(name.toLowerCase())) throw expectation(name, undefined, 'each name once');
      names.add(name.toLowerCase());
      const path = join(folder, name);
      if (isSecret(name) || isCompanion(name)) {
        // Its name is in the report; none of its content reaches the disk.
        await writeFile(path, '');
        part.file.resume();
        await finished(part.file);
      } else {
        await pipeline(part.file, pass, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      }
    }
  } catch (error) {
    throw explain(error);
  }
  if (names.size === 0) throw expectation('files', undefined, 'the files of the data folder');
}

function requireAtMost(largest: number, bytes: number): void {
  if (bytes > largest)
    throw new TooLargeError(`An upload has ${largest} bytes at most, all files together.`);
}

/** The name alone: what a browser sends may hold a path. */
function fileName(sent: string | undefined): string {
  const name = basename((sent ?? '').replaceAll('\\', '/'));
  if (/^(?!\.{0,2}$)\P{C}*$/u.test(name) && Buffer.byteLength(name) <= LONGEST_NAME) return name;
  throw expectation(
    'filename',
    sent ?? '',
    'the name of a file of the data folder, such as devices.json',
  );
}

function expectation(field: string, value: unknown, expected: string): InvalidInputError {
  return new InvalidInputError([{ field, ...(value !== undefined && { value }), expected }]);
}

/** The parser's errors about a broken body have no code; those of the system and of Fastify have one. */
function explain(error: unknown): unknown {
  if (error instanceof NetPilotError || !(error instanceof Error) || 'code' in error) return error;
  return new InvalidInputError(
    [{ field: 'body', expected: 'multipart/form-data, whole' }],
    `The upload cannot be read: ${error.message}.`,
  );
}
