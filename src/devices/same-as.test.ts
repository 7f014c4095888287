import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SameFacts, findSame } from './same-as.ts';

const NOW = Date.parse('2026-11-27T18:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const KNOWN: SameFacts = {
  device_id: 'known',
  name: "Anna's phone",
  hostname: 'Annas-iPhone',
  has_changing_mac: true,
  is_router: false,
  is_online: false,
  first_seen: NOW - 100 * DAY,
  last_seen: NOW - 2 * MINUTE,
  network: 'lan',
  ssid: 'Home',
  is_blocked: false,
  has_rules: false,
  is_reviewed: true,
};
const NEW: SameFacts = {
  ...KNOWN,
  device_id: 'new',
  name: 'Annas-iPhone',
  is_online: true,
  first_seen: NOW,
  last_seen: NOW + MINUTE,
  is_reviewed: false,
};
const same = (newcomer: Partial<SameFacts>, ...others: Partial<SameFacts>[]) =>
  findSame(
    { ...NEW, ...newcomer },
    others.map((other) => ({ ...KNOWN, ...other })),
  )?.device_id;

describe('a new device is probably a known one', () => {
  test('that had its name, and left before it came, and that is said with its reasons', () => {
    expect(findSame(NEW, [KNOWN])).toEqual({
      device_id: 'known',
      name: "Anna's phone",
      reasons: [
        { code: 'same_name', value: 'Annas-iPhone' },
        { code: 'left_before', value: '120' },
        { code: 'same_network', value: 'Home' },
        { code: 'random_mac', value: null },
      ],
    });
  });

  test.each<[string, Partial<SameFacts>, Partial<SameFacts>]>([
    ['the name is spelt in another way', { hostname: 'annas_iphone.fritz.box' }, {}],
    [
      'it left three weeks ago: its name is hardly anybody else’s',
      {},
      { last_seen: NOW - 21 * DAY },
    ],
    [
      'it has a name of its own, and is now in another Wi-Fi',
      { ssid: 'Guests', network: 'guest' },
      {},
    ],
    ['the router had not noticed yet that it was gone', {}, { last_seen: NOW + 5 * MINUTE }],
    ['the new one is gone again', { is_online: false }, {}],
    [
      'it is of a model that many have, and left a moment ago in the same Wi-Fi',
      { hostname: 'Galaxy-S23' },
      { hostname: 'Galaxy-S23' },
    ],
    [
      'it is of a model, with a cable or a router that does not say where',
      { hostname: 'Galaxy-S23', ssid: null },
      { hostname: 'Galaxy-S23', ssid: null },
    ],
    [
      'it is of a model, was blocked, and left yesterday',
      { hostname: 'Pixel-8' },
      { hostname: 'Pixel-8', is_blocked: true, last_seen: NOW - DAY },
    ],
    [
      'it is of a model, has rules, and left yesterday',
      { hostname: 'Pixel-8' },
      { hostname: 'Pixel-8', has_rules: true, last_seen: NOW - DAY },
    ],
  ])('if %s', (_when, newcomer, known) => {
    expect(same(newcomer, known)).toBe('known');
  });

  test.each<[string, Partial<SameFacts>, Partial<SameFacts>]>([
    ['that is online now', {}, { is_online: true }],
    ['that was there while it was there', {}, { last_seen: NOW + HOUR }],
    ['that came after it', {}, { first_seen: NOW + MINUTE, last_seen: NOW + MINUTE }],
    ['that left in summer', {}, { last_seen: NOW - 90 * DAY }],
    ['whose MAC never changes', {}, { has_changing_mac: false }],
    ['of another name', {}, { hostname: 'Tims-iPhone' }],
    ['without a name', {}, { hostname: null }],
    ['that is the router', {}, { is_router: true }],
    ['if it has a MAC of its maker', { has_changing_mac: false }, {}],
    ['if both say nothing of themselves', { hostname: null }, { hostname: null }],
    ['by a name that everybody has', { hostname: 'iPhone' }, { hostname: 'iPhone' }],
    [
      'by a name that is made up',
      { hostname: 'android-3f2a9c1b7d5e' },
      { hostname: 'android-3f2a9c1b7d5e' },
    ],
    [
      'of its model in another Wi-Fi',
      { hostname: 'Galaxy-S23', ssid: 'Guests' },
      { hostname: 'Galaxy-S23' },
    ],
    [
      'of its model that left this morning',
      { hostname: 'Galaxy-S23' },
      { hostname: 'Galaxy-S23', last_seen: NOW - 9 * HOUR },
    ],
  ])('and not one %s', (_which, newcomer, known) => {
    expect(same(newcomer, known)).toBeUndefined();
  });
});

describe('of several, it is probably', () => {
  test('the one that left last', () => {
    expect(same({}, { device_id: 'earlier', last_seen: NOW - DAY }, { device_id: 'later' })).toBe(
      'later',
    );
  });

  test('the one that was blocked, before any other', () => {
    expect(
      same(
        {},
        { device_id: 'blocked', is_blocked: true, last_seen: NOW - DAY },
        { device_id: 'later' },
      ),
    ).toBe('blocked');
  });

  test('the one that somebody knows, before one that is new itself', () => {
    expect(
      same(
        {},
        { device_id: 'known', last_seen: NOW - DAY },
        { device_id: 'new too', is_reviewed: false },
      ),
    ).toBe('known');
  });
});

test('whatever is known of them: never one that is online, or the device itself, or one without a changing MAC', () => {
  const at = fc.integer({ min: NOW - 3 * DAY, max: NOW + HOUR });
  const facts = fc.record({
    device_id: fc.constantFrom('a', 'b', 'c'),
    name: fc.constant('x'),
    hostname: fc.constantFrom(null, 'Annas-iPhone', 'annas iphone', 'Pixel-8', 'iPhone'),
    has_changing_mac: fc.boolean(),
    is_router: fc.boolean(),
    is_online: fc.boolean(),
    first_seen: at,
    last_seen: at,
    network: fc.constantFrom(null, 'lan', 'guest'),
    ssid: fc.constantFrom(null, 'Home', 'Guests'),
    is_blocked: fc.boolean(),
    has_rules: fc.boolean(),
    is_reviewed: fc.boolean(),
  });
  fc.assert(
    fc.property(
      facts,
      fc.uniqueArray(facts, { selector: (each) => each.device_id }),
      (newcomer, others) => {
        const found = findSame(newcomer, others);
        if (found === null) return;
        const other = others.find(({ device_id }) => device_id === found.device_id);
        expect(other).toMatchObject({ is_online: false, is_router: false, has_changing_mac: true });
        expect(found.device_id).not.toBe(newcomer.device_id);
        expect(newcomer.has_changing_mac).toBe(true);
        expect(other?.last_seen).toBeLessThanOrEqual(newcomer.first_seen + 10 * MINUTE);
      },
    ),
  );
});
