import { expect, test } from 'vitest';
import { scaled } from './bytes.ts';
import { partsOf } from './duration.ts';
import { rowAfter } from './grid.ts';
import { barsPath, hoursOf } from './strip.tsx';

test('amounts are in the largest unit that leaves them at 1 or more', () => {
  const units = ['B', 'kB', 'MB'] as const;
  expect(scaled(0, [...units])).toEqual({ amount: 0, unit: 'B' });
  expect(scaled(999, [...units])).toEqual({ amount: 999, unit: 'B' });
  expect(scaled(999_600, [...units])).toEqual({ amount: 0.9996, unit: 'MB' });
  expect(scaled(5e12, [...units])).toEqual({ amount: 5_000_000, unit: 'MB' });
});

test('lengths of time have two units at most', () => {
  expect(partsOf(20_000)).toEqual({ days: 0, hours: 0, minutes: 0 });
  expect(partsOf(80 * 60_000)).toEqual({ days: 0, hours: 1, minutes: 20 });
  expect(partsOf(49.6 * 3_600_000)).toEqual({ days: 2, hours: 2, minutes: 0 });
  // What rounds to a whole hour is one.
  expect(partsOf(59.9 * 60_000)).toEqual({ days: 0, hours: 1, minutes: 0 });
});

test('the digits of a day add up to hours, however many there are', () => {
  expect(hoursOf('9'.repeat(48))).toBe(24);
  expect(hoursOf('9'.repeat(12) + '0'.repeat(12))).toBe(12);
  expect(hoursOf('')).toBe(0);
});

test('bars stand on the ground or on others, and what is nothing is not drawn', () => {
  expect(barsPath([0, 0.5, 2])).toBe('M1 0.5h1v0.5h-1zM2 0h1v1h-1z');
  expect(barsPath([0.25], { from: [0.5] })).toBe('M0 0.25h1v0.25h-1z');
});

test('keys move within the rows, and no further', () => {
  expect(rowAfter('ArrowDown', 4, 5)).toBe(4);
  expect(rowAfter('PageUp', 4, 5)).toBe(0);
  expect(rowAfter('End', 0, 5000)).toBe(4999);
  expect(rowAfter('x', 0, 5)).toBeUndefined();
});
