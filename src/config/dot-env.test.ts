import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readDotEnv } from './config.ts';
import { describeIgnored, findIgnored } from './dot-env.ts';

const folder = mkdtempSync(join(tmpdir(), 'netpilot-dotenv-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, '.env');

describe('.env', () => {
  test('gives names and values, with comments, quotes and empty values', () => {
    writeFileSync(file, '# a comment\nPORT=9000 # here too\nDB_PASSWORD="a # b"\nHOST=\n');
    expect(readDotEnv(file)).toEqual({ PORT: '9000', DB_PASSWORD: 'a # b', HOST: '' });
  });

  test('of a Windows editor, with a byte order mark and CRLF, is the same', () => {
    writeFileSync(file, '\uFEFFPORT=9000\r\nHOST=::1\r\n');
    expect(readDotEnv(file)).toEqual({ PORT: '9000', HOST: '::1' });
  });

  test.each([
    ['UTF-16', Buffer.from('\uFEFFPORT=9000\r\n', 'utf16le')],
    ['UTF-16', Buffer.from('\uFEFFPORT=9000\r\n', 'utf16le').swap16()],
    ['UTF-16', Buffer.from('PORT=9000\r\n', 'utf16le')],
    ['another encoding', Buffer.from('# für Zürich\nPORT=9000\n', 'latin1')],
  ])('in %s is refused, not ignored', (encoding, bytes) => {
    writeFileSync(file, bytes);
    expect(() => readDotEnv(file)).toThrow(
      `${file}: expected a text saved as UTF-8, got "${encoding}"`,
    );
  });

  test('need not be there', () => {
    expect(readDotEnv(join(folder, 'none'))).toEqual({});
  });

  test('that cannot be read stops the start with one line', () => {
    expect(() => readDotEnv(folder)).toThrow(/^\/.*: expected a readable file, got "EISDIR/);
  });
});

test('names that are no settings are told, without their values', () => {
  const dotEnv = { PORT: '9000', PROT: '9001', LOGLEVEL: 'secret' };
  expect(findIgnored(dotEnv)).toEqual(['PROT', 'LOGLEVEL']);
  expect(describeIgnored(dotEnv)).toBe(
    '.env sets PROT, LOGLEVEL, which NetPilot does not know: it is ignored (.env.example has all names).',
  );
  expect(describeIgnored({ PORT: '9000' })).toBeUndefined();
});
