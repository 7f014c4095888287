import { expect, test } from 'vitest';
import { createWaiting } from './waiting.ts';

const longest = () => createWaiting(() => 1);

test('a server that is back soon is dialled every 3 seconds at most', () => {
  const wait = longest();
  expect(wait(100_000, 40_000, false)).toBe(3_000);
  expect([3, 9, 15, 29].map((second) => wait(100_000 + second * 1_000, 0, false))).toEqual(
    Array.from({ length: 4 }, () => 3_000),
  );
});

test('one that stays away is dialled less and less, and as before once it is back', () => {
  const wait = longest();
  const seconds = Array.from({ length: 7 }, (_, index) => wait(index * 60_000, 0, false) / 1_000);
  expect(seconds).toEqual([3, 6, 12, 24, 48, 60, 60]);
  expect(wait(900_000, 30_000, false)).toBe(3_000);
});

test('who is told to dials at once, but not again and again', () => {
  const wait = longest();
  expect(wait(0, 6_000, true)).toBe(0);
  expect(wait(0, 4_000, true)).toBeGreaterThan(0);
});
