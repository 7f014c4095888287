import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellOfCode, hashCode, makeCode, nameCellInCode } from './code.ts';

/** How somebody types one character. */
const habit = fc.record({
  alike: fc.constantFrom('1', 'I', 'L'),
  isLower: fc.boolean(),
  gap: fc.constantFrom('', ' ', '-', '\t'),
});
const typing = fc.tuple(habit, ...Array.from({ length: 11 }, () => habit));

test('a code has 60 bits, none of which the others tell', () => {
  const codes = Array.from({ length: 2_000 }, makeCode);
  expect(new Set(codes).size).toBe(codes.length);
  // Each of the 32 characters at each of the 12 places: one that never came would have a chance of 1e-27.
  for (let place = 0; place < 12; place += 1)
    expect(new Set(codes.map((code) => code.replaceAll('-', '')[place])).size).toBe(32);
});

test('a code is the same however it is typed', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{12}$/), typing, (code, habits) => {
      const typed = code.replaceAll(/./g, (character, place: number) => {
        const { alike, isLower, gap } = habits[place] ?? habits[0];
        const read = { 0: 'O', 1: alike }[character] ?? character;
        return (isLower ? read.toLowerCase() : read) + gap;
      });
      expect(hashCode(typed)).toEqual(hashCode(code));
    }),
  );
});

test('another code is another one', () => {
  expect(hashCode('AAAA-AAAA-AAAB')).not.toEqual(hashCode('AAAA-AAAA-AAAC'));
});

test('a code can name a cell, and is known by the same hash without it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 32_767 }), (cell) => {
      const code = makeCode();
      const named = nameCellInCode(cell, code);
      expect(named).toMatch(/^[0-9A-HJKMNP-TV-Z]{3}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
      expect(cellOfCode(named.toLowerCase().replaceAll('-', ' '))).toBe(cell);
      expect(hashCode(named)).toEqual(hashCode(code));
    }),
  );
});

test('a code without a cell names none', () => {
  const code = makeCode();
  expect(nameCellInCode(undefined, code)).toBe(code);
  expect(cellOfCode(code)).toBeUndefined();
});
