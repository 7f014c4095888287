/** Quiet hours and the time of the digest, by the clock of the home. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpen } from '../access/weekly.ts';
import { isAlwaysQuiet, nextDigest, quietUntil } from './quiet.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const NIGHT = [{ days: EVERY_DAY, from: '22:00', to: '07:00' }];
const at = (text: string) => Date.parse(text);
const text = (instant: number | undefined) =>
  instant === undefined ? undefined : new Date(instant).toISOString().replace(':00.000Z', 'Z');

describe('quiet hours', () => {
  test.each([
    ['a night of winter', '2026-01-10T23:30Z', '2026-01-11T06:00Z'],
    ['when the clock is set forward in the night', '2027-03-27T23:30Z', '2027-03-28T05:00Z'],
    ['when it is set back in the night', '2027-10-30T23:30Z', '2027-10-31T06:00Z'],
    ['their first minute', '2026-01-10T21:00Z', '2026-01-11T06:00Z'],
    ['the minute before', '2026-01-10T20:59Z', undefined],
    ['the minute in which they end', '2026-01-11T06:00Z', undefined],
  ])('in Berlin, %s', (_what, now, end) => {
    expect(text(quietUntil(NIGHT, 'Europe/Berlin', at(now)))).toBe(end);
  });

  test('that follow one another end once', () => {
    const weekend = [{ days: [6, 7], from: '00:00', to: '00:00' }, ...NIGHT];
    expect(text(quietUntil(weekend, 'UTC', at('2026-11-27T22:30Z')))).toBe('2026-11-30T07:00Z');
  });

  test('may not be always', () => {
    expect(isAlwaysQuiet([])).toBe(false);
    expect(isAlwaysQuiet(NIGHT)).toBe(false);
    expect(isAlwaysQuiet([{ days: EVERY_DAY, from: '00:00', to: '00:00' }])).toBe(true);
    expect(isAlwaysQuiet([...NIGHT, { days: EVERY_DAY, from: '06:30', to: '22:00' }])).toBe(true);
    const butSunday = { days: [1, 2, 3, 4, 5, 6], from: '06:30', to: '22:00' };
    expect(isAlwaysQuiet([...NIGHT, butSunday])).toBe(false);
  });

  test('end exactly when no window is open any more', () => {
    const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
      const two = (value: number) => String(value).padStart(2, '0');
      return `${two(Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}`;
    });
    const window = fc.record({
      days: fc.subarray(EVERY_DAY, { minLength: 1 }),
      from: time,
      to: time,
    });
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
    const instant = fc.integer({ min: at('2027-01-01'), max: at('2028-01-01') });
    fc.assert(
      fc.property(fc.array(window, { maxLength: 4 }), zone, instant, (windows, name, now) => {
        const end = quietUntil(windows, name, now);
        const isQuiet = (then: number) => isOpen(windows, name, Math.floor(then / 1_000));
        expect(end !== undefined).toBe(isQuiet(now));
        if (end === undefined || end > now + 7 * 86_400_000) return;
        expect(isQuiet(end)).toBe(false);
        for (let share = 0; share < 20; share += 1)
          expect(isQuiet(now + Math.floor(((end - 1_000 - now) * share) / 20))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

test.each([
  ['Europe/Berlin', '2026-11-27T12:00Z', '2026-11-29T17:00Z'],
  ['Europe/Berlin', '2026-11-29T17:00Z', '2026-12-06T17:00Z'],
  ['Europe/Berlin', '2027-03-27T12:00Z', '2027-03-28T16:00Z'],
  ['Pacific/Kiritimati', '2026-11-29T03:00Z', '2026-11-29T04:00Z'],
  ['Pacific/Pago_Pago', '2026-11-30T04:30Z', '2026-11-30T05:00Z'],
])('the digest of Sunday at 18:00 in %s, after %s', (zone, now, next) => {
  expect(text(nextDigest({ day: 7, time: '18:00' }, zone, at(now)))).toBe(next);
});
