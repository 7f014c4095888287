import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createHash, randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { readContent } from '../../../testing/content.ts';
import { createTestDatabase } from '../../../testing/database.ts';
import { fillEveryTable } from '../../../testing/fill.ts';
import { InvalidInputError } from '../../errors.ts';
import { backup } from './backup.ts';
import { restore } from './restore.ts';
import { verifyBackup } from './verify.ts';

const folder = mkdtempSync(join(tmpdir(), 'netpilot-damage-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { addresses } = await createTestDatabase();
const { admin } = addresses;
await fillEveryTable(admin, 1);
const file = join(folder, 'good');
await backup(admin, file);
const good = await readFile(file);
const content = await readContent(admin);

/** Says why a file of these bytes is refused, by a restore and by a check alike. */
async function refusalOf(bytes: Buffer | string): Promise<string> {
  const damaged = join(folder, 'damaged');
  await writeFile(damaged, bytes);
  const errors = await Promise.all(
    [restore(admin, damaged), verifyBackup(damaged)].map((attempt) =>
      attempt.then(
        () => undefined,
        (error: unknown) => error,
      ),
    ),
  );
  const [error] = errors;
  if (!(error instanceof InvalidInputError))
    throw new Error('It was not refused.', { cause: error });
  expect(errors[1]).toEqual(error);
  return error.message.replace(damaged, 'FILE');
}

describe('a damaged file is refused, and the database left alone', () => {
  afterEach(async () => {
    // oxlint-disable-next-line vitest/no-standalone-expect -- holds after each of them
    expect(await readContent(admin)).toEqual(content);
  });

  test('any bit of any byte flipped', async () => {
    const refused = fc.assert(
      fc.asyncProperty(
        fc.nat({ max: good.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, bits) => {
          const bytes = Buffer.from(good);
          bytes.writeUInt8(bytes.readUInt8(at) ^ bits, at);
          await refusalOf(bytes);
        },
      ),
      {
        numRuns: 300,
        examples: [
          [0, 1],
          [16, 3],
          [good.length - 1, 1],
          [good.length - 2, 0x20],
        ],
      },
    );
    await expect(refused).resolves.toBeUndefined();
  });

  test('cut short anywhere, or with anything behind it', async () => {
    const refused = fc.assert(
      fc.asyncProperty(fc.nat({ max: good.length - 1 }), (length) =>
        refusalOf(good.subarray(0, length)).then(() => undefined),
      ),
      { numRuns: 200, examples: [[0], [1], [17], [good.length - 1], [good.length - 76]] },
    );
    await expect(refused).resolves.toBeUndefined();
    const damaged = 'FILE: It is damaged or cut short: its checksum does not match its content.';
    expect(await refusalOf(Buffer.concat([good, Buffer.from('\n')]))).toContain(damaged);
    expect(await refusalOf(Buffer.concat([good, good]))).toContain(damaged);
  });

  test('a part left out, or replaced by zeros', async () => {
    const refused = fc.assert(
      fc.asyncProperty(
        fc.nat({ max: good.length - 2 }),
        fc.integer({ min: 1, max: 5000 }),
        async (at, length) => {
          const rest = good.subarray(at + length);
          await refusalOf(Buffer.concat([good.subarray(0, at), rest]));
          const zeros = Buffer.alloc(Math.min(length, good.length - at));
          await refusalOf(Buffer.concat([good.subarray(0, at), zeros, rest]));
        },
      ),
      { numRuns: 100 },
    );
    await expect(refused).resolves.toBeUndefined();
  });

  test.each([
    ['a count of rows', /"rows":1,/, '"rows":2,', 'The rows of'],
    ['the place of a table', /"offset":\d+/, '"offset":1', 'Its description cannot be read'],
    ['the tables', /"name":"imports","offset"/, '"name":"exports","offset"', 'Its list of tables'],
    ['the migrations', /"0001_baseline"/, '"0001_basement"', 'of a newer NetPilot'],
    ['the columns', /"name":"full_name"/, '"name":"half_name"', 'users.half_name'],
    ['the header', /"takenAt":"/, '"takenBy":"', 'Its description cannot be read'],
  ])('%s altered, with a checksum that fits', async (_what, pattern, replacement, reason) => {
    const altered = Buffer.from(good.toString('latin1').replace(pattern, replacement), 'latin1');
    const signed = altered.subarray(0, -65);
    const digest = createHash('sha256').update(signed).digest('hex');
    const forged = join(folder, 'forged');
    await writeFile(forged, Buffer.concat([signed, Buffer.from(`${digest}\n`)]));
    await expect(restore(admin, forged)).rejects.toThrow(reason);
    await expect(restore(admin, forged)).rejects.toThrow(InvalidInputError);
  });
});

describe('a foreign file is refused by what it is', () => {
  const none = 'FILE: This is not a backup of NetPilot. Nothing was changed.';

  test.each([
    ['nothing at all', ''],
    ['random bytes', randomBytes(5000)],
    ['JSON', '{"users": []}'],
    ['what pg_dump writes as text', '--\n-- PostgreSQL database dump\n--\n'],
    ["pg_dump's own format", Buffer.concat([Buffer.from('PGDMP\x01\x10\x00'), randomBytes(500)])],
    ['a gzip', gzipSync('netpilot')],
    ['a backup that somebody compressed again', zstdCompressSync(good)],
    ['a backup in UTF-16', Buffer.from(good.toString('latin1'), 'utf16le')],
  ])('%s', async (_what, bytes) => {
    expect(await refusalOf(bytes)).toBe(none);
  });

  test('a backup of a newer format, with what to do', async () => {
    expect(await refusalOf(good.toString('latin1').replace('BACKUP 1', 'BACKUP 2'))).toContain(
      'format 2, and this NetPilot reads format 1: use the newer NetPilot',
    );
  });

  test('a file that is not there, and a folder', async () => {
    await expect(restore(admin, join(folder, 'missing'))).rejects.toThrow('It cannot be opened.');
    await expect(restore(admin, folder)).rejects.toThrow('It is not a file.');
  });
});
