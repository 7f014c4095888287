import fc from 'fast-check';
import type {
  DocumentWindow,
  NetworkRates,
  PolicyDocument,
  RatedDevice,
  TimedRule,
} from '../src/policy/document.ts';

export const WEEK = 7 * 86_400;
/** Of some days, so that they meet. */
const NUMBERS = 4;

const mac = fc.integer({ min: 1, max: 4 }).map((n) => `02:00:00:00:00:0${n}`);
const device = fc.oneof(
  mac,
  fc.integer({ min: 11, max: 14 }).map((n) => `192.168.77.${n}`),
);
const rate = fc.option(fc.constantFrom(0, 1_000, 2_000_000, 88_000_000_000));
const rated: fc.Arbitrary<RatedDevice> = fc.record({ device, down: rate, up: rate });
const onNetwork: fc.Arbitrary<NetworkRates> = fc.record({
  network: fc.option(fc.constantFrom('lan', 'guest')),
  down: rate,
  up: rate,
});
const number = fc.integer({ min: 1, max: NUMBERS });
const window: fc.Arbitrary<DocumentWindow> = fc
  .record({ number, from: fc.nat(2 * WEEK), length: fc.integer({ min: 1, max: WEEK }) })
  .map(({ length, ...rest }) => ({ ...rest, to: rest.from + length }));

/** A document with windows in its first three weeks, at small instants, of a mode that may have a list. */
export const timedDocument: fc.Arbitrary<PolicyDocument> = fc
  .constantFrom('none', 'whitelist', 'blacklist')
  .chain((mode) => {
    const kind =
      mode === 'none'
        ? fc.constant('block' as const)
        : fc.constantFrom('block' as const, 'list' as const);
    const rule: fc.Arbitrary<TimedRule> = fc.oneof(
      fc.record({ window: number, kind, device }),
      rated
        .map((rates) => ({ kind: 'rate' as const, ...rates }))
        .chain((rates) => number.map((n) => ({ window: n, ...rates }))),
      fc
        .tuple(number, fc.constantFrom('net' as const, 'new' as const), onNetwork)
        .map(([n, of, rates]) => ({ window: n, kind: of, ...rates })),
    );
    return fc.record({
      mode: fc.constant(mode),
      limit: mode === 'none' ? fc.constant(null) : rate,
      full: mode === 'none' ? fc.constant(null) : rate,
      blocked: fc.uniqueArray(device, { maxLength: 2 }),
      listed: mode === 'none' ? fc.constant([]) : fc.uniqueArray(device, { maxLength: 3 }),
      rates: fc.array(rated, { maxLength: 3 }),
      networks: fc.array(onNetwork, { maxLength: 2 }),
      newcomers: fc.array(onNetwork, { maxLength: 2 }),
      known: fc.uniqueArray(mac, { maxLength: 2 }),
      windows: fc.array(window, { maxLength: 6 }),
      once: fc.uniqueArray(number, { maxLength: 2 }),
      timed: fc.array(rule, { maxLength: 5 }),
    });
  });
