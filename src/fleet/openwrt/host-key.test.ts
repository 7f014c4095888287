import { describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../../testing/database.ts';
import { maintenanceTransaction } from '../../database/transaction.ts';
import { fingerprintText, parsePublicKey } from '../../routers/public-key.ts';
import { readOrMakeHostKey } from './host-key.ts';

const SECRET = 'a key for tests only, 32 characters or more';
const OTHER = 'another key for tests, 32 characters or more';

describe('the host key', async () => {
  const { service, owner } = await createTestDatabase();

  test('is made once, also by processes that start at once, and kept', async () => {
    const starts = Array.from({ length: 5 }, () => readOrMakeHostKey(service, SECRET));
    const keys = await Promise.all(starts);
    expect(new Set(keys.map(({ publicKey }) => publicKey)).size).toBe(1);
    const again = await readOrMakeHostKey(service, SECRET);
    expect(again).toEqual(keys[0]);
    expect(again.isFirst).toBe(true);
    expect(again.privateKey).toContain('BEGIN OPENSSH PRIVATE KEY');
  });

  test('is known by its fingerprint, as ssh-keygen shows it', async () => {
    const { publicKey, fingerprint } = await readOrMakeHostKey(service, SECRET);
    const hash = parsePublicKey(publicKey).fingerprint.toString('base64').replace(/=$/, '');
    expect(fingerprint).toBe(`SHA256:${hash}`);
    expect(fingerprintText(parsePublicKey(`${publicKey} comment`))).toBe(fingerprint);
  });

  test('is another under another SECRET_KEY, and says so; the first is not lost', async () => {
    const first = await readOrMakeHostKey(service, SECRET);
    const other = await readOrMakeHostKey(service, OTHER);
    expect(other.publicKey).not.toBe(first.publicKey);
    expect(other.isFirst).toBe(false);
    expect(await readOrMakeHostKey(service, OTHER)).toEqual(other);
    expect(await readOrMakeHostKey(service, SECRET)).toEqual(first);
  });

  test('is sealed where it is stored', async () => {
    const { privateKey } = await readOrMakeHostKey(service, SECRET);
    const rows = await maintenanceTransaction(owner, (transaction) =>
      transaction.selectFrom('server_keys').selectAll().execute(),
    );
    const [, body = ''] = privateKey.split('\n');
    for (const { sealed_key } of rows) expect(sealed_key.toString('latin1')).not.toContain(body);
  });
});
