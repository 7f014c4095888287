import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from '../endpoint/app.ts';
import { InvalidInputError } from '../errors.ts';

/** Largest upload, all files together, in bytes: a million devices are some 200 MB. */
const LARGEST_UPLOAD = 512 * 1024 * 1024;

/**
 * Puts the uploaded files into a folder of their own for as long as `work` takes. Throws
 * InvalidInputError for a body that is no upload, a name that is no file's, or too much of it.
 */
export async function withUpload<Result>(
  request: FastifyRequest,
  work: (folder: string) => Promise<Result>,
  largest = LARGEST_UPLOAD,
): Promise<Result> {
  if (!request.isMultipart()) {
    throw new InvalidInputError([
      {
        field: 'Content-Type',
        value: request.headers['content-type'] ?? '',
        expected: 'multipart/form-data with the files of the data folder',
      },
    ]);
  }
  const folder = await mkdtemp(join(tmpdir(), 'netpilot-upload-'));
  const bounded = createBound(largest);
  try {
    for await (const part of request.files()) {
      await pipeline(
        part.file,
        bounded,
        createWriteStream(join(folder, fileName(part.filename)), { flags: 'wx', mode: 0o600 }),
      );
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The parser knows a limit of one file's: fifty of those would still fill a disk. */
function createBound(largest: number) {
  let received = 0;
  return async function* bounded(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      received += chunk.length;
      if (received > largest)
        throw new InvalidInputError([
          { field: 'files', expected: `${largest} bytes at most, all of them together` },
        ]);
      yield chunk;
    }
  };
}

/** The name alone: what a browser sends may hold a path. */
function fileName(sent: string | undefined): string {
  const name = basename((sent ?? '').replaceAll('\\', '/'));
  if (/^[\w][\w.-]{0,99}$/.test(name)) return name;
  throw new InvalidInputError([
    {
      field: 'filename',
      value: sent ?? '',
      expected: 'the name of a file of the data folder, such as devices.json',
    },
  ]);
}
