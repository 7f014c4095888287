/** What a home decides, and what the document does that its router gets. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DAY,
  type DecidedHome,
  NETWORKS,
  ROUTER,
  STEADY_ZONES,
  decidedHome,
  inputOf,
} from '../../testing/decided-homes.ts';
import { accessAt } from '../access/access-at.ts';
import type { LoadedDevice } from '../access/load-home.ts';
import type { AccessDevice, AccessHome } from '../access/types.ts';
import type { Feature } from '../routers/features.ts';
import { compileDocument, renewalOf } from './compile.ts';
import { accessIn, repeatedBy } from './document-access.ts';
import type { PolicyDocument, Rates } from './document.ts';

const EVERYTHING: Feature[] = ['time', 'rates', 'networks'];
const UNSEEN = '06:00:00:00:00:99';
const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const parts = fc.array(part, { minLength: 40, maxLength: 40 });

const compile = (decided: DecidedHome, features: readonly Feature[] = EVERYTHING) =>
  compileDocument(inputOf(decided, new Set(features)));

/** Someone who has just come, on a network. */
const newcomer = (network: string | null): LoadedDevice => ({
  id: 'new',
  part_ids: ['new'],
  router_id: ROUTER,
  home_id: 'h',
  is_router: false,
  person_id: null,
  network,
  is_reviewed: false,
  blocked_since: null,
  is_listed: false,
  macs: [UNSEEN],
  ip: null,
});

function decides(home: AccessHome, device: AccessDevice, instant: number): Rates {
  const { down_rate: down, up_rate: up } = accessAt(home, device, instant);
  return { down, up };
}

/** What the router does that obeys a document. */
function does(
  document: PolicyDocument,
  mac: string,
  instant: number,
  network: string | null,
): Rates {
  const { down, up } = accessIn(document, mac, instant, network);
  return { down, up };
}

/** Half of them the seconds at which windows open and close, and those before; the others any of the next two weeks. */
function instantsOf({ windows }: PolicyDocument, now: number, some: readonly number[]): number[] {
  const edges = windows
    .flatMap(({ from, to }) => [from - 1, from, to - 1, to])
    .filter((edge) => edge >= now && edge < now + 14 * DAY);
  return some.map((one, place) => {
    const edge = place % 2 === 0 ? edges[Math.floor(one * edges.length)] : undefined;
    return edge ?? now + Math.floor(one * 14 * DAY);
  });
}

type Difference = { decided: Rates; done: Rates; instant: number; mac: string };

/** What a document does otherwise than the home decides; expect() costs too much for each of so many. */
function differences(
  { home, devices }: DecidedHome,
  document: PolicyDocument,
  instant: number,
): Difference[] {
  return devices.flatMap((device) =>
    device.macs.flatMap((mac) => {
      const decided = decides(home, device, instant);
      const done = does(document, mac, instant, device.network);
      const isSame = decided.down === done.down && decided.up === done.up;
      return isSame ? [] : [{ decided, done, instant, mac }];
    }),
  );
}

describe('a home and the document of its router', () => {
  test('give every device the same at every instant', () => {
    let pairs = 0;
    fc.assert(
      fc.property(decidedHome(), parts, (decided, some) => {
        const { document, unable } = compile(decided);
        expect(unable).toEqual([]);
        const instants = instantsOf(document, decided.now, some);
        expect(instants.flatMap((at) => differences(decided, document, at))).toEqual([]);
        pairs += instants.length;
      }),
      { numRuns: 2_500 },
    );
    expect(pairs).toBe(100_000);
  });

  test('give devices that nobody has ever seen the same, on each network', () => {
    fc.assert(
      fc.property(decidedHome(), parts, (decided, some) => {
        const { document } = compile(decided);
        const at = instantsOf(document, decided.now, some.slice(0, 20));
        const devices = NETWORKS.map(newcomer);
        expect(at.flatMap((one) => differences({ ...decided, devices }, document, one))).toEqual(
          [],
        );
      }),
      { numRuns: 500 },
    );
  });

  test('do so for ever if the clocks of the home do not change, though nobody sends another one', () => {
    fc.assert(
      fc.property(decidedHome(6, STEADY_ZONES), parts, (decided, some) => {
        const { document } = compile(decided);
        const instants = some.map((one) => decided.now + Math.floor(one * 100 * DAY));
        expect(instants.flatMap((at) => differences(decided, document, at))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('do so now if the agent has no clock, and until the document is replaced', () => {
    fc.assert(
      fc.property(decidedHome(), part, (decided, some) => {
        const input = inputOf(decided, new Set<Feature>(['rates']));
        const { document } = compileDocument(input);
        expect(document.windows).toEqual([]);
        const until = renewalOf(input, decided.now) ?? decided.now + 30 * DAY;
        expect(until).toBeGreaterThan(decided.now);
        const between = decided.now + Math.floor(some * (until - decided.now));
        const instants = [between, until - 1];
        expect(instants.flatMap((at) => differences(decided, document, at))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('do so as far as the agent can, which is said of the others: never open in silence', () => {
    const some = fc.subarray<Feature>(['time', 'rates', 'networks']);
    fc.assert(
      fc.property(decidedHome(), some, parts, (decided, features, at) => {
        const { document, unable } = compile(decided, features);
        const isNamed = ({ macs }: LoadedDevice) =>
          unable.some(({ device }) => macs.includes(device));
        expect(unable.some(({ down, up }) => down === 0 && up === 0)).toBe(false);
        expect(features.includes('rates') && unable.length > 0).toBe(false);
        const instants = features.includes('time')
          ? instantsOf(document, decided.now, at)
          : [decided.now];
        const devices = decided.devices.filter((device) => !isNamed(device));
        expect(
          instants.flatMap((one) => differences({ ...decided, devices }, document, one)),
        ).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('give a device that nobody has ever seen what the home gives new ones, also on an old agent', () => {
    fc.assert(
      fc.property(decidedHome(), (decided) => {
        const { document } = compile(decided, []);
        const { down, up } = decides(decided.home, newcomer(null), decided.now);
        const lowest = down === null || up === null ? (down ?? up) : Math.min(down, up);
        expect(does(document, UNSEEN, decided.now, null)).toEqual({ down: lowest, up: lowest });
      }),
      { numRuns: 500 },
    );
  });

  test('are the same in whatever order the devices come, and all day long', () => {
    const onlyWeekly = decidedHome().map((decided) => ({
      ...decided,
      home: {
        ...decided.home,
        rules: decided.home.rules.filter(
          ({ kind }) => kind === 'schedule' || kind === 'new_device',
        ),
      },
    }));
    fc.assert(
      fc.property(onlyWeekly, fc.nat(DAY - 1), (decided, second) => {
        const one = compile(decided);
        const now = decided.now - (decided.now % DAY) + second;
        const devices = decided.devices.toReversed();
        expect(compile({ ...decided, devices, now })).toEqual(one);
      }),
      { numRuns: 200 },
    );
  });

  test('repeat from one instant on, which is two weeks away at least', () => {
    fc.assert(
      fc.property(decidedHome(), (decided) => {
        const { document } = compile(decided);
        expect(repeatedBy(document, decided.now + 14 * DAY - 1)).toBe(0);
        for (const { window } of document.timed)
          expect(document.windows.some(({ number }) => number === window)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
