import { describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../../testing/database.ts';
import { maintenanceTransaction } from '../../database/transaction.ts';
import { fingerprintText, parsePublicKey } from '../../routers/public-key.ts';
import { readOrMakeHostKeys } from './host-key.ts';

const SECRET = 'a key for tests only, 32 characters or more';
const OTHER = 'another key for tests, 32 characters or more';

describe('the host key', async () => {
  const { service, owner } = await createTestDatabase();

  test('is made once, also by processes that start at once, and kept', async () => {
    const starts = Array.from({ length: 5 }, () => readOrMakeHostKeys(service, SECRET));
    const [first, ...others] = await Promise.all(starts);
    if (first === undefined) throw new Error('there were five');
    for (const other of others) expect(other).toEqual(first);
    expect(await readOrMakeHostKeys(service, SECRET)).toEqual(first);
    for (const { isFirst, privateKey } of [first.ed25519, first.rsa]) {
      expect(isFirst).toBe(true);
      expect(privateKey).toContain('BEGIN OPENSSH PRIVATE KEY');
    }
  });

  test('is ed25519, with RSA beside it for routers that have nothing else', async () => {
    const { ed25519, rsa } = await readOrMakeHostKeys(service, SECRET);
    expect(parsePublicKey(ed25519.publicKey).kind).toBe('ed25519');
    expect(parsePublicKey(rsa.publicKey).kind).toBe('rsa');
  });

  test('is known by its fingerprint, as ssh-keygen shows it', async () => {
    const { publicKey, fingerprint } = (await readOrMakeHostKeys(service, SECRET)).ed25519;
    const hash = parsePublicKey(publicKey).fingerprint.toString('base64').replace(/=$/, '');
    expect(fingerprint).toBe(`SHA256:${hash}`);
    expect(fingerprintText(parsePublicKey(`${publicKey} comment`))).toBe(fingerprint);
  });

  test('is another under another SECRET_KEY, and says so; the first is not lost', async () => {
    const first = await readOrMakeHostKeys(service, SECRET);
    const other = await readOrMakeHostKeys(service, OTHER);
    for (const kind of ['ed25519', 'rsa'] as const) {
      expect(other[kind].publicKey).not.toBe(first[kind].publicKey);
      expect(other[kind].isFirst).toBe(false);
    }
    expect(await readOrMakeHostKeys(service, OTHER)).toEqual(other);
    expect(await readOrMakeHostKeys(service, SECRET)).toEqual(first);
  });

  test('is sealed where it is stored', async () => {
    const { ed25519, rsa } = await readOrMakeHostKeys(service, SECRET);
    const rows = await maintenanceTransaction(owner, (transaction) =>
      transaction.selectFrom('server_keys').selectAll().execute(),
    );
    for (const { privateKey } of [ed25519, rsa]) {
      const [, body = ''] = privateKey.split('\n');
      for (const { sealed_key } of rows) expect(sealed_key.toString('latin1')).not.toContain(body);
    }
  });
});
