/** Weekly windows over changes of the clock: when they begin and end, as accessAt() says it. */
import { describe, expect, test } from 'vitest';
import { RULE } from '../../testing/access-rule.ts';
import { accessAt } from './access-at.ts';
import type { AccessDevice, AccessHome, WeeklyWindow } from './types.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const PHONE: AccessDevice = {
  id: 'phone',
  part_ids: ['phone'],
  router_id: 'r',
  home_id: 'h',
  is_router: false,
  person_id: null,
  network: null,
  is_reviewed: true,
  blocked_since: null,
  is_listed: false,
};

function home(timezone: string | null, windows: WeeklyWindow[]): AccessHome {
  return { id: 'h', timezone, rules: [{ ...RULE, id: 'bedtime', windows }], routers: new Map() };
}

const at = (text: string): number => Date.parse(text) / 1_000;
const text = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant * 1_000).toISOString().replace(':00.000Z', 'Z');

/** The blocks that begin from one instant to another one. */
function blocksOf(of: AccessHome, from: string, to: string): string[] {
  const blocks: string[] = [];
  let instant = at(from);
  while (instant < at(to)) {
    const { access, since, until, next } = accessAt(of, PHONE, instant);
    if (access === 'block') blocks.push(`${text(since)} ${text(until)}`);
    if (next === null) break;
    // The second before is still as it was.
    expect(accessAt(of, PHONE, next.at - 1).access).toBe(access);
    instant = next.at;
  }
  return blocks;
}

describe('bedtime from 21:00 to 07:00, over a night', () => {
  test.each([
    ['Europe/Berlin', '2027-03-27', 'an hour less', '2027-03-27T20:00Z 2027-03-28T05:00Z'],
    ['Europe/Berlin', '2027-10-30', 'an hour more', '2027-10-30T19:00Z 2027-10-31T06:00Z'],
    ['America/New_York', '2027-03-13', 'an hour less', '2027-03-14T02:00Z 2027-03-14T11:00Z'],
    ['America/New_York', '2027-11-06', 'an hour more', '2027-11-07T01:00Z 2027-11-07T12:00Z'],
    [
      'Australia/Lord_Howe',
      '2027-04-03',
      'half an hour more',
      '2027-04-03T10:00Z 2027-04-03T20:30Z',
    ],
    [
      'Australia/Lord_Howe',
      '2027-10-02',
      'half an hour less',
      '2027-10-02T10:30Z 2027-10-02T20:00Z',
    ],
    ['Asia/Kolkata', '2027-03-27', 'as every night', '2027-03-27T15:30Z 2027-03-28T01:30Z'],
    ['Africa/Casablanca', '2026-02-14', 'Ramadan begins', '2026-02-14T20:00Z 2026-02-15T07:00Z'],
    ['Africa/Casablanca', '2026-02-21', 'in Ramadan', '2026-02-21T21:00Z 2026-02-22T07:00Z'],
    ['Africa/Casablanca', '2026-03-21', 'it is over', '2026-03-21T21:00Z 2026-03-22T06:00Z'],
    ['Not/Known', '2027-03-27', 'as in UTC', '2027-03-27T21:00Z 2027-03-28T07:00Z'],
    [null, '2027-03-27', 'as in UTC', '2027-03-27T21:00Z 2027-03-28T07:00Z'],
  ])('in %s on %s: %s', (timezone, night, _, block) => {
    const saturdays = home(timezone, [{ days: [6], from: '21:00', to: '07:00' }]);
    const end = new Date((at(night) + 2 * 86_400) * 1_000).toISOString();
    expect(blocksOf(saturdays, `${night}T07:30Z`, end)).toEqual([block]);
  });
});

describe('a window at the time at which the clock is set', () => {
  test.each([
    ['that the clock skips is empty', '2027-03-28', '02:15', '02:45', []],
    [
      'that begins in what is skipped',
      '2027-03-28',
      '02:30',
      '04:00',
      ['2027-03-28T01:30Z 2027-03-28T02:00Z'],
    ],
    ['that ends in it', '2027-03-28', '01:00', '02:30', ['2027-03-28T00:00Z 2027-03-28T01:30Z']],
    ['around it', '2027-03-28', '01:00', '04:00', ['2027-03-28T00:00Z 2027-03-28T02:00Z']],
    [
      'in an hour that comes twice is its first',
      '2027-10-31',
      '02:15',
      '02:45',
      ['2027-10-31T00:15Z 2027-10-31T00:45Z'],
    ],
    ['that begins in it', '2027-10-31', '02:30', '04:00', ['2027-10-31T00:30Z 2027-10-31T03:00Z']],
    [
      'that is all day long',
      '2027-10-31',
      '00:00',
      '00:00',
      ['2027-10-30T22:00Z 2027-10-31T23:00Z'],
    ],
  ])('%s', (_, day, from, to, blocks) => {
    const sundays = home('Europe/Berlin', [{ days: [7], from, to }]);
    expect(blocksOf(sundays, `${day}T00:00Z`, `${day}T23:30Z`)).toEqual(blocks);
  });

  test('skipped by half an hour on Lord Howe is empty', () => {
    const sundays = home('Australia/Lord_Howe', [{ days: [7], from: '02:05', to: '02:25' }]);
    expect(blocksOf(sundays, '2027-10-02T00:00Z', '2027-10-03T12:00Z')).toEqual([]);
  });
});

test('several windows a day, each on its days, over midnight, and one within another', () => {
  const busy = home('Europe/Berlin', [
    { days: [1, 2, 3, 4, 5], from: '14:00', to: '15:00' },
    { days: [5], from: '22:00', to: '02:00' },
    { days: [5], from: '23:00', to: '23:30' },
    { days: [6], from: '02:00', to: '03:00' },
  ]);
  expect(blocksOf(busy, '2026-11-27T00:00Z', '2026-11-30T00:00Z')).toEqual([
    '2026-11-27T13:00Z 2026-11-27T14:00Z',
    // Friday's goes on as Saturday's.
    '2026-11-27T21:00Z 2026-11-28T02:00Z',
  ]);
});

test('what is blocked every hour of the week is blocked without an end', () => {
  const always = home('Europe/Berlin', [{ days: EVERY_DAY, from: '06:00', to: '06:00' }]);
  expect(accessAt(always, PHONE, at('2026-11-27T12:00Z'))).toMatchObject({
    access: 'block',
    until: null,
    next: null,
  });
});
