import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMistyped, makeTokenSecret } from './token-secret.ts';

test('a token names the program, and fits where a token may be', () => {
  const tokens = Array.from({ length: 100 }, makeTokenSecret);
  for (const token of tokens) expect(token).toMatch(/^np_[0-9A-Za-z]{49}$/);
  expect(new Set(tokens).size).toBe(100);
});

test('a token that was mistyped or cut is recognised without asking the database', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 51 }), fc.constantFrom('x', 'Y', '7'), (at, other) => {
      const token = makeTokenSecret();
      expect(isMistyped(token)).toBe(false);
      expect(isMistyped(token.slice(0, at))).toBe(at !== 43);
      expect(isMistyped(`${token}${other}`)).toBe(true);
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      expect(isMistyped(changed)).toBe(changed !== token);
    }),
  );
});

test('a token from before, which can begin like one by chance, is not taken for one', () => {
  expect(isMistyped(`np_${'A'.repeat(40)}`)).toBe(false);
  expect(isMistyped('A'.repeat(43))).toBe(false);
});
