import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { parseAgentMessage, writeAgentMessage } from '../fleet/openwrt/messages.ts';
import { createHome } from './home.ts';
import { KINDS } from './kinds.ts';

describe('a simulated home', () => {
  test('is the same each time it is made, and no other is like it', () => {
    expect(createHome(7, 12).neighbours()).toEqual(createHome(7, 12).neighbours());
    const macs = [7, 8].flatMap((number) =>
      createHome(number, 12)
        .neighbours()
        .map(({ mac }) => mac),
    );
    expect(new Set(macs).size).toBe(24);
    expect(createHome(7, 12).lan).not.toBe(createHome(8, 12).lan);
  });

  test.each([1, 12, 100, 253])(
    'has room for %i devices, each with an address of its own',
    (count) => {
      const neighbours = createHome(3, count).neighbours();
      expect(new Set(neighbours.map(({ mac }) => mac)).size).toBe(count);
      expect(new Set(neighbours.map(({ ip }) => ip)).size).toBe(neighbours.length);
    },
  );

  test('has no room for more', () => {
    expect(() => createHome(3, 254)).toThrow(RangeError);
  });

  test('is one that the protocol can report, whatever happens in it', () => {
    const home = createHome(5, 24);
    for (let round = 0; round < 500; round += 1) {
      for (const neighbour of [...home.live(), ...home.neighbours()]) {
        const message = { kind: 'event' as const, ...neighbour };
        expect(parseAgentMessage(writeAgentMessage(message))).toEqual(message);
      }
    }
  });

  test('is alive: devices come and go, and have other addresses later', () => {
    const home = createHome(5, 12);
    const events = Array.from({ length: 300 }, () => home.live()).flat();
    const came = events.filter(({ online }) => online);
    expect(came.length).toBeGreaterThan(0);
    expect(came.length).toBeLessThan(events.length);
    for (const version of [4, 6]) {
      const addresses = Map.groupBy(
        came.filter(({ ip }) => isIP(ip) === version),
        ({ mac }) => mac,
      );
      const counts = [...addresses.values()].map((met) => new Set(met.map(({ ip }) => ip)).size);
      expect(Math.max(...counts)).toBeGreaterThan(1);
    }
  });

  test('never gives two devices one address, and reports every change', () => {
    const home = createHome(9, 40);
    const known = new Map(home.neighbours().map((neighbour) => [keyOf(neighbour), neighbour]));
    for (let round = 0; round < 500; round += 1) {
      for (const event of home.live()) known.set(keyOf(event), event);
      const now = home.neighbours();
      expect(new Set(now.map(({ ip }) => ip)).size).toBe(now.length);
      for (const neighbour of now) expect(known.get(keyOf(neighbour))).toEqual(neighbour);
      const online = [...known.values()].filter((neighbour) => neighbour.online);
      expect(online).toHaveLength(now.filter((neighbour) => neighbour.online).length);
    }
  });
});

test('the makers of the devices are real', () => {
  const file = fileURLToPath(import.meta.resolve('oui-data'));
  const makers = Value.Parse(
    Type.Record(Type.String(), Type.String()),
    JSON.parse(readFileSync(file, 'utf8')),
  );
  for (const { oui } of KINDS.filter((kind) => kind.oui !== null))
    expect(makers[oui ?? '']).toBeTypeOf('string');
  const [router = ''] = createHome(1, 1).lan.split(/:..:..:..$/);
  expect(makers[router.replaceAll(':', '').toUpperCase()]).toContain('GL Technologies');
});

function keyOf({ mac, ip }: { mac: string; ip: string }): string {
  return `${mac} ${ip}`;
}
