import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeTokenSecret } from './accounts/token-secret.ts';
import { hashSecret } from './sealing.ts';
import { cellOf, nameCell, withoutCell } from './secret-cell.ts';

const cells = fc.integer({ min: 1, max: 32_767 });
const secrets = fc.constantFrom(
  () => randomBytes(32).toString('base64url'),
  // The state of a sign-in has a point of its own.
  () => `${randomBytes(32).toString('base64url')}.${randomBytes(32).toString('base64url')}`,
  makeTokenSecret,
);

test('a secret names its cell, and is known by the same hash whatever cell it names', () => {
  fc.assert(
    fc.property(cells, secrets, (cell, make) => {
      const secret = make();
      const named = nameCell(cell, secret);
      expect(cellOf(named)).toBe(cell);
      expect(withoutCell(named)).toBe(secret);
      expect(hashSecret(named)).toEqual(hashSecret(secret));
    }),
  );
});

test('without a cell nothing is added, and nothing is read out of it', () => {
  fc.assert(
    fc.property(secrets, (make) => {
      const secret = make();
      expect(nameCell(undefined, secret)).toBe(secret);
      expect(cellOf(secret)).toBeUndefined();
      expect(withoutCell(secret)).toBe(secret);
    }),
  );
});

test('a cookie is 7.<token>, an API token np_7_<token>', () => {
  expect(nameCell(7, 'secret')).toBe('7.secret');
  const token = makeTokenSecret();
  expect(nameCell(7, token)).toBe(`np_7_${token.slice(3)}`);
});

test('what is no number of a cell names none', () => {
  for (const text of [
    '0.secret',
    '07.secret',
    '32768.secret',
    '123456.secret',
    '7.',
    '.secret',
    '',
  ])
    expect(cellOf(text)).toBeUndefined();
  // A token from before, which begins like one by chance.
  expect(cellOf(`np_7_${'A'.repeat(38)}`)).toBeUndefined();
});
