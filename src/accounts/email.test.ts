import { describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { newBrowser, somebody, startSignInService } from '../../testing/sign-in.ts';
import { signInTransaction } from '../database/transaction.ts';
import { normalizeEmail } from '../email.ts';
import { enterByEmail } from './users.ts';

describe('38-idn', () => {
  test.each([
    ['anna@müller.example', 'anna@xn--mller-kva.example'],
    ['Anna@MÜLLER.Example', 'anna@xn--mller-kva.example'],
    ['anna@mu\u0308ller.example', 'anna@xn--mller-kva.example'],
    ['anna@XN--MLLER-KVA.example', 'anna@xn--mller-kva.example'],
    ['anna@例え。テスト', 'anna@xn--r8jz45g.xn--zckzah'],
    ['ann@example.com', 'ann@example.com'],
    ['local@localhost', 'local@localhost'],
    ['ann@127.1', 'ann@127.1'],
  ])('%s is stored as %s', (text, stored) => {
    expect(normalizeEmail(text)).toBe(stored);
    expect(normalizeEmail(stored)).toBe(stored);
  });

  test('a composed and a decomposed letter before the @ are one letter', () => {
    expect(normalizeEmail('Jose\u0301@example.com')).toBe(normalizeEmail('jos\u00e9@example.com'));
  });

  test.each([
    'a@ü.example/b',
    'a@ü.example:80',
    'a@ü%2e',
    'a@ü[',
    'a@ü／b',
    `a@ü${'x'.repeat(250)}`,
  ])('%s is not an e-mail address', (text) => {
    expect(normalizeEmail(text)).toBeUndefined();
  });

  test('who signs in finds the account made under the other spelling', async () => {
    const database = await createTestDatabase();
    const { signIn, url } = await startSignInService(database);
    const email = normalizeEmail('anna@müller.example') ?? '';
    const { id } = await signInTransaction(
      database.service,
      { subject: '', email },
      (transaction) => enterByEmail(transaction, email),
    );
    for (const spelling of ['anna@xn--mller-kva.example', 'Anna@Müller.example']) {
      const by = newBrowser();
      await signIn(somebody({ sub: 'anna', email: spelling }), by);
      const me = JSON.parse((await by.send('GET', `${url}/api/v1/me`)).text);
      expect(me).toMatchObject({ id, email });
    }
  });
});
