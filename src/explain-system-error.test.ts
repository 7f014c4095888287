import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterAll, expect, test } from 'vitest';
import { UnavailableError } from './errors.ts';
import { explainSystemError } from './explain-system-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'netpilot-system-error-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'file');
writeFileSync(file, '');
symlinkSync('circle', join(folder, 'circle'));

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

test.each([
  [
    'a file for a folder',
    () => mkdirSync(file, { recursive: true }),
    /something else of that name/,
  ],
  ['a file within the path', () => mkdirSync(join(file, 'x')), /is a file, not a folder/],
  ['a folder for a file', () => readFileSync(folder), /is a folder, not a file/],
  ['nothing', () => readFileSync(join(folder, 'none')), /none cannot be used: it does not exist/],
  ['a circle of links', () => readFileSync(join(folder, 'circle')), /in a circle/],
  ['a name too long', () => readFileSync(join(folder, 'x'.repeat(300))), /name is too long/],
  ['a full disk', () => writeFileSync('/dev/full', 'x'), /the disk is full \(ENOSPC\)/],
])('%s is explained, with what to do', (_what, work, message) => {
  const explained = explainSystemError(thrownBy(work));
  expect(explained).toBeInstanceOf(UnavailableError);
  expect(explained).toMatchObject({ message: expect.stringMatching(message) });
  expect(explained).toMatchObject({ message: expect.stringMatching(/ To fix it, .+\.$/) });
});

test('defects and connections stay what they are', async () => {
  const defect = thrownBy(() => new URL('no address'));
  expect(explainSystemError(defect)).toBe(defect);
  expect(explainSystemError('text')).toBe('text');
  const [refused] = await once(connect(join(folder, 'no socket')), 'error').catch((error) => [
    error,
  ]);
  expect(refused).toMatchObject({ code: 'ENOENT' });
  expect(explainSystemError(refused)).toBe(refused);
});
