import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  formatDays,
  formatTime,
  ownZone,
  sayTime,
  parseDays,
  parseDuration,
  parseEnd,
  parsePast,
  parseTime,
} from './time.ts';

/** A Friday, 20:00 in Berlin. */
const clock = { now: Temporal.Instant.from('2026-11-27T19:00:00Z'), zone: 'Europe/Berlin' };
const at = (text: string, when = clock) => parseTime(text, '--until', when).toString();

describe('how long', () => {
  test.each([
    ['30m', 30],
    ['1h30m', 90],
    ['1h 30m', 90],
    ['2 h', 120],
    ['3d', 4320],
    ['1d2h3m', 1563],
    ['90min', 90],
    ['2 Hours', 120],
  ])('%s is %i minutes', (text, minutes) => {
    expect(parseDuration(text, '--for')).toBe(minutes);
  });

  test.each(['', '0m', '30', 'm', '-5m', '1.5h', '30s', '1h30'])('%j is refused', (text) => {
    expect(() => parseDuration(text, '--for')).toThrow(/^--for: expected how long, such as 30m/);
  });
});

describe('until when, in the zone of the home', () => {
  test.each([
    ['21:30', '2026-11-27T20:30:00Z'],
    ['7:00', '2026-11-28T06:00:00Z'],
    ['20:00', '2026-11-28T19:00:00Z'],
    ['today 23:59', '2026-11-27T22:59:00Z'],
    ['tomorrow 7:00', '2026-11-28T06:00:00Z'],
    ['fri 21:00', '2026-11-27T20:00:00Z'],
    ['Friday 19:00', '2026-12-04T18:00:00Z'],
    ['mon 07:00', '2026-11-30T06:00:00Z'],
    ['2026-12-24', '2026-12-24T23:00:00Z'],
    ['2026-12-24 18:00', '2026-12-24T17:00:00Z'],
    ['2026-12-24T18:00', '2026-12-24T17:00:00Z'],
    ['2026-12-24T18:00:00Z', '2026-12-24T18:00:00Z'],
    ['2026-12-24T18:00:00+05:30', '2026-12-24T12:30:00Z'],
  ])('%s', (text, instant) => {
    expect(at(text)).toBe(instant);
  });

  test.each([
    ['24:00', 'no such time'],
    ['9pm', 'no such way to write it'],
    ['tomorrow', 'no time'],
    ['today 19:00', 'has passed'],
    ['someday 7:00', 'no such day'],
    ['2026-02-30', 'no such date'],
    ['2026-02-30 18:00', 'no such date'],
    ['2025-12-24', 'has passed'],
    ['2026-11-27T19:00:00Z', 'is now'],
    ['', 'nothing'],
  ])('%j is refused: %s', (text) => {
    expect(() => at(text)).toThrow(/^--until: expected a time to come, such as 21:30/);
  });

  test('a change of summer time lies between', () => {
    const before = { now: Temporal.Instant.from('2027-03-27T22:00:00Z'), zone: 'Europe/Berlin' };
    expect(at('7:00', before)).toBe('2027-03-28T05:00:00Z');
    // 02:30 does not exist that night.
    expect(at('2:30', before)).toBe('2027-03-28T01:30:00Z');
  });

  test('or since when', () => {
    const since = (text: string) => parsePast(text, '--since', clock);
    expect(since('2h')).toBe('2026-11-27T17:00:00Z');
    expect(since('7d')).toBe('2026-11-20T19:00:00Z');
    expect(since('14:30')).toBe('2026-11-27T13:30:00Z');
    expect(since('21:00')).toBe('2026-11-26T20:00:00Z');
    expect(since('2026-11-27')).toBe('2026-11-26T23:00:00Z');
    expect(since('2026-11-20 08:00')).toBe('2026-11-20T07:00:00Z');
    for (const text of ['tomorrow 7:00', '2027-01-01', 'soon', ''])
      expect(() => since(text)).toThrow(/^--since: expected how long ago/);
  });

  test('--for and --until exclude each other', () => {
    expect(parseEnd({}, clock)).toBeUndefined();
    expect(parseEnd({ for: '1h' }, clock)).toEqual({ minutes: 60 });
    expect(parseEnd({ until: '21:30' }, clock)).toEqual({ until_at: '2026-11-27T20:30:00Z' });
    expect(() => parseEnd({ for: '61d' }, clock)).toThrow(/^--for: expected 60 days at most/);
    expect(() => parseEnd({ until: '2027-02-01' }, clock)).toThrow(
      /^--until: expected a time within/,
    );
    expect(() => parseEnd({ for: '1h', until: '21:30' }, clock)).toThrow(
      /^--until: expected nothing/,
    );
  });
});

test.each([
  ['2026-11-27T20:30:00Z', '21:30'],
  ['2026-11-28T06:00:00Z', 'tomorrow 07:00'],
  ['2026-11-26T06:00:00Z', 'yesterday 07:00'],
  ['2026-11-30T06:00:00Z', 'Mon 07:00'],
  ['2026-12-24T17:00:00Z', '2026-12-24 18:00'],
])('%s is %s', (iso, said) => {
  expect(formatTime(iso, clock)).toBe(said);
});

test('a sentence has the zone, if it is not the one of this machine', () => {
  const other = ownZone() === 'Asia/Kolkata' ? 'Europe/Berlin' : 'Asia/Kolkata';
  expect(sayTime('2026-11-27T20:30:00Z', { ...clock, zone: other })).toContain(` (${other})`);
  expect(sayTime('2026-11-27T20:30:00Z', { ...clock, zone: ownZone() })).not.toContain('(');
});

test.each([
  ['mon-fri', [1, 2, 3, 4, 5], 'Mon-Fri'],
  ['sat,sun', [6, 7], 'Sat, Sun'],
  ['fri-mon', [1, 5, 6, 7], 'Mon, Fri-Sun'],
  ['Tuesday', [2], 'Tue'],
  ['daily', [1, 2, 3, 4, 5, 6, 7], 'every day'],
])('days of the week: %s', (text, days, said) => {
  expect(parseDays(text)).toEqual(days);
  expect(formatDays(days)).toBe(said);
});

test.each(['', 'm', 'moonday', 'mon-', 'mon-tue-wed', 'mon;tue'])('%j names no days', (text) => {
  expect(parseDays(text)).toBeUndefined();
});
