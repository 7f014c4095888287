import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Neighbour } from '../devices/neighbour.ts';
import { isRandomMac } from '../devices/manufacturer.ts';
import { FAMILY, isAtHome, isUp, momentOf } from './family.ts';
import { createHome } from './home.ts';
import type { AccessOf } from './rhythm.ts';

const ALLOWED = { isBlocked: false, down: null, up: null };
const BLOCKED = { isBlocked: true, down: 0, up: 0 };
const allowAll: AccessOf = () => ALLOWED;
/** A Friday. */
const at = (hour: number, minute = 0, day = 27) => new Date(2026, 10, day, hour, minute);

/** A home that lives on, a look every minute; gives who is online at the end, and what was told. */
function live(number: number, from: Date, until: Date, accessOf = allowAll) {
  const home = createHome(number, 12);
  const told: Neighbour[] = [];
  for (let time = from.getTime(); time <= until.getTime(); time += 60_000)
    told.push(...home.liveUntil(new Date(time), accessOf));
  const online = home.neighbours().filter((one) => one.online);
  return { home, told, online, names: new Set(online.map(({ hostname }) => hostname)) };
}

describe('a simulated family', () => {
  test('is at home at night and away by day, each day a little otherwise; the same for the same home', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(FAMILY.length - 1),
        fc.integer({ min: 23, max: 27 }),
        (home, owner, day) => {
          expect(isAtHome(home, owner, momentOf(at(3, 0, day)))).toBe(true);
          expect(isUp(home, owner, momentOf(at(3, 0, day)))).toBe(false);
          expect(isAtHome(home, owner, momentOf(at(11, 0, day)))).toBe(false);
          expect(isAtHome(home, owner, momentOf(at(20, 0, day)))).toBe(true);
        },
      ),
    );
    expect(live(5, at(6), at(21)).told).toEqual(live(5, at(6), at(21)).told);
    expect(live(5, at(6), at(21)).told).not.toEqual(live(5, at(6, 0, 26), at(21, 0, 26)).told);
  });

  test('takes its phones along, and leaves what is fixed', () => {
    const day = live(5, at(6), at(11)).names;
    expect(day).toContain('Chromecast');
    for (const name of ['iPhone', 'Galaxy-S23', 'iPad', 'Pixel-8']) expect(day).not.toContain(name);
    const evening = live(5, at(6), at(20)).names;
    for (const name of ['iPhone', 'Galaxy-S23', 'iPad', 'Pixel-8']) expect(evening).toContain(name);
  });

  test('reports every change: who listens knows who is there', () => {
    const home = createHome(9, 24);
    const known = new Map(home.neighbours().map((one) => [`${one.mac} ${one.ip}`, one]));
    for (let hour = 0; hour < 72; hour += 1) {
      for (let minute = 0; minute < 60; minute += 10) {
        const block: AccessOf = (mac) => (mac.endsWith('1') ? BLOCKED : ALLOWED);
        for (const event of home.liveUntil(at(hour, minute), block))
          known.set(`${event.mac} ${event.ip}`, event);
      }
      for (const one of home.neighbours()) expect(known.get(`${one.mac} ${one.ip}`)).toEqual(one);
    }
  });

  test('has guests on the guest network at the weekend, with MACs that nobody has seen before', () => {
    const seen = [28, 29, 35, 36].map((day) => {
      const { home } = live(5, at(12, 0, day), at(17, 30, day));
      return home.places(at(17, 30, day)).filter(({ network }) => network === 'guest');
    });
    const guests = seen.flat();
    expect(guests.length).toBeGreaterThan(0);
    for (const { mac, ssid } of guests)
      expect([isRandomMac(mac), ssid]).toEqual([true, 'Home guests']);
    const gone = live(5, at(12, 0, 28), at(23, 30, 28)).home;
    expect(gone.places(at(23, 30, 28)).filter(({ network }) => network === 'guest')).toEqual([]);
    expect(
      live(5, at(12), at(17))
        .home.places(at(17))
        .map(({ network }) => network),
    ).not.toContain('guest');
  });

  test('a child whose phone is blocked in the evening tries a new random MAC, once; in the morning it has its own', () => {
    const first = createHome(5, 12)
      .neighbours()
      .find(({ hostname }) => hostname === 'iPad')?.mac;
    const blockIpad: AccessOf = (mac) => (mac === first ? BLOCKED : ALLOWED);
    const { home, told } = live(5, at(18), at(21), blockIpad);
    const macs = new Set(told.filter(({ hostname }) => hostname === 'iPad').map(({ mac }) => mac));
    expect(macs.size).toBe(2);
    const now = home.neighbours().find((one) => one.hostname === 'iPad' && one.online);
    expect(now?.mac).not.toBe(first);
    expect(isRandomMac(now?.mac ?? '')).toBe(true);
    // Whatever MAC it has is blocked: there is no third one that evening.
    const all = live(5, at(18), at(23), () => BLOCKED).told;
    expect(
      new Set(all.filter(({ hostname }) => hostname === 'iPad').map(({ mac }) => mac)).size,
    ).toBe(2);
    const morning = live(5, at(18), at(30, 30), blockIpad).home;
    expect(morning.neighbours().map(({ mac }) => mac)).toContain(first);
    // Nobody else does that: not in daylight, and no grown-up.
    const phone = createHome(5, 12)
      .neighbours()
      .find(({ hostname }) => hostname === 'Pixel-8')?.mac;
    const pixel = live(5, at(18), at(23), (mac) => (mac === phone ? BLOCKED : ALLOWED)).told;
    expect(
      new Set(pixel.filter(({ hostname }) => hostname === 'Pixel-8').map(({ mac }) => mac)).size,
    ).toBeLessThan(2);
  });

  test('switches a console off that has no internet, and phones stay in the Wi-Fi', () => {
    const { online, home } = live(5, at(18), at(20), () => BLOCKED);
    const names = online.map(({ hostname }) => hostname ?? '');
    expect(names.filter((name) => /^PS5|^DESKTOP|^Samsung/.test(name))).toEqual([]);
    expect(names).toContain('iPhone');
    expect(home.use(at(20), 60, () => BLOCKED)).toEqual([]);
  });
});

describe('what devices of a home want', () => {
  const home = createHome(7, 20);
  /** Bytes of a day, by hour and name. */
  const byHour = Array.from({ length: 24 }, (_, hour) => {
    const used = new Map<string, { down: number; up: number }>();
    for (let minute = 0; minute < 60; minute += 5) {
      const instant = new Date(2026, 10, 25, hour, minute);
      home.liveUntil(instant, allowAll);
      for (const { mac, down, up } of home.use(instant, 300, allowAll)) {
        const sum = used.get(mac) ?? { down: 0, up: 0 };
        used.set(mac, { down: sum.down + down, up: sum.up + up });
      }
    }
    return [...used.values()];
  });
  const sum = (hour: number, way: 'down' | 'up') =>
    (byHour[hour] ?? []).reduce((total, used) => total + used[way], 0);

  test('is much in the evening, little at night, and a backup goes out then', () => {
    const evening = [19, 20, 21].reduce((total, hour) => total + sum(hour, 'down'), 0);
    const night = [3, 4, 5].reduce((total, hour) => total + sum(hour, 'down'), 0);
    expect(evening).toBeGreaterThan(20 * night);
    expect(sum(2, 'up')).toBeGreaterThan(sum(4, 'up'));
  });

  test('is a few gigabytes a day, and something even of things that nobody uses', () => {
    const day = byHour.reduce((total, _, hour) => total + sum(hour, 'down'), 0);
    expect(day).toBeGreaterThan(1e9);
    expect(day).toBeLessThan(60e9);
    expect((byHour[4] ?? []).every(({ down }) => down > 0)).toBe(true);
  });
});
