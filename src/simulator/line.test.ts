import { expect, test } from 'vitest';
import { measureLine } from './line.ts';

/** A day of a line, minute by minute. */
function dayOf(router: number, hasOutages: boolean) {
  return Array.from({ length: 24 * 60 }, (_, minute) =>
    measureLine(router, minute % 2, new Date(2026, 10, 27, 0, minute), hasOutages),
  );
}

const mean = (numbers: readonly number[]) =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

test('a line answers always, slower in the evening, and now and then loses a packet', () => {
  const day = dayOf(7, false);
  const trips = day.map(({ round_trip }) => round_trip ?? Number.NaN);
  expect(Math.min(...trips)).toBeGreaterThan(5);
  expect(Math.max(...trips)).toBeLessThan(110);
  expect(mean(trips.slice(20 * 60, 21 * 60))).toBeGreaterThan(
    mean(trips.slice(3 * 60, 6 * 60)) + 1,
  );
  const lossy = day.filter(({ loss }) => loss > 0).length;
  expect(lossy).toBeGreaterThan(0);
  expect(lossy).toBeLessThan(60);
  expect(dayOf(7, false)).toEqual(day);
  expect(dayOf(8, false)).not.toEqual(day);
});

test('a line fails only if that is wanted: for some minutes, some times a day', () => {
  const out = dayOf(7, true).map(({ loss }) => loss === 100);
  const begins = out.filter((isOut, minute) => isOut && out[minute - 1] !== true).length;
  const minutes = out.filter(Boolean).length;
  expect(begins).toBeGreaterThan(3);
  expect(begins).toBeLessThan(40);
  expect(minutes / begins).toBeGreaterThanOrEqual(2);
});
