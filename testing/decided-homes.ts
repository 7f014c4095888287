/** Random homes: rules of every kind, modes, devices, in zones whose clocks change. */
import fc from 'fast-check';
import type { LoadedDevice } from '../src/access/load-home.ts';
import type { AccessHome, AccessRule, RouterMode, WeeklyWindow } from '../src/access/types.ts';
import type { DocumentInput } from '../src/policy/compile.ts';
import type { Feature } from '../src/routers/features.ts';
import { RULE } from './access-rule.ts';

export const DAY = 86_400;
export const ROUTER = 'r';
export const NETWORKS = [null, 'lan', 'guest'];

/** Days on which clocks change, and two weeks before, so that they do in the week that repeats; and others. */
const DAYS = ['2026-11-27', '2027-02-28', '2027-03-09', '2027-03-15', '2027-03-28', '2027-10-18'];
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Africa/Casablanca',
  null,
];
/** Their clocks do not change, so that the last week repeats as it was. */
export const STEADY_ZONES = ['Asia/Kolkata', null];

const IDS = ['a', 'b', 'c'];

export type DecidedHome = { now: number; home: AccessHome; devices: LoadedDevice[] };

const rate = fc.constantFrom(null, 0, 1_000, 5_000_000);
const clock = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
const time = fc.nat(95).map((quarter) => clock(quarter * 15));
const day = fc.integer({ min: 1, max: 7 });
const window: fc.Arbitrary<WeeklyWindow> = fc.record({
  days: fc.uniqueArray(day, { minLength: 1, maxLength: 7 }),
  from: time,
  to: time,
});
const windows = fc.array(window, { minLength: 1, maxLength: 3 });

const weekly: fc.Arbitrary<Partial<AccessRule>> = fc
  .option(windows, { freq: 4 })
  .map((some) => ({ windows: some }));

const target = fc.constantFrom<Partial<AccessRule>>(
  { target: 'everyone' },
  { target: 'person', person_id: 'tim' },
  { target: 'network', network: 'guest' },
  { target: 'network', network: 'guest', router_id: ROUTER },
  { target: 'network', network: 'lan', router_id: 'another' },
  ...IDS.map((device_id) => ({ target: 'device' as const, device_id })),
);
const ofNewcomers = fc.constantFrom<Partial<AccessRule>>(
  { target: 'everyone' },
  { target: 'network', network: 'guest' },
);
const access: fc.Arbitrary<Partial<AccessRule>> = fc.oneof(
  fc.constant({ access: 'block' as const }),
  fc.constant({ access: 'allow' as const }),
  fc
    .record({ access: fc.constant('limit' as const), down_rate: rate, up_rate: rate })
    .filter(({ down_rate, up_rate }) => down_rate !== null || up_rate !== null),
);
/** Hours from the present: whole ones, so that ends meet; some are over. */
const hours = fc.integer({ min: -48, max: 24 * 20 });
const span = fc.tuple(hours, hours).map(([one, other]) => ({
  from: Math.min(one, other) * 3_600,
  until: Math.max(one, other) * 3_600 + 3_600,
}));
const endless = span.map(({ from }) => ({ from, until: null }));

/** With the times of pauses and exceptions counted from the present. */
const rule: fc.Arbitrary<Partial<AccessRule>> = fc.oneof(
  ruleOf(
    'pause',
    2,
    target,
    fc.oneof({ weight: 9, arbitrary: span }, { weight: 1, arbitrary: endless }),
  ),
  ruleOf('exception', 2, target, access, span),
  ruleOf('schedule', 5, target, access, weekly),
  ruleOf('new_device', 1, ofNewcomers, access),
);

function ruleOf(
  kind: AccessRule['kind'],
  weight: number,
  ...parts: fc.Arbitrary<Partial<AccessRule>>[]
): fc.WeightedArbitrary<Partial<AccessRule>> {
  const arbitrary = fc
    .tuple(...parts)
    .map((some): Partial<AccessRule> => Object.assign({ kind }, ...some));
  return { weight, arbitrary };
}

const mode: fc.Arbitrary<RouterMode> = fc.record({
  mode: fc.constantFrom('none', 'whitelist', 'blacklist'),
  whitelist_limit_rate: rate,
  whitelist_full_rate: fc.constantFrom(null, 7_000_000),
  blacklist_limit_rate: rate,
  blacklist_full_rate: fc.constantFrom(null, 7_000_000),
});

const device = (id: string, place: number): fc.Arbitrary<LoadedDevice> =>
  fc
    .record({
      person_id: fc.constantFrom(null, 'tim'),
      network: fc.constantFrom(...NETWORKS),
      is_reviewed: fc.boolean(),
      blocked_since: fc.constantFrom(null, null, null, 5),
      is_listed: fc.boolean(),
    })
    .map((parts) => ({
      id,
      part_ids: [id],
      router_id: ROUTER,
      home_id: 'h',
      is_router: false,
      macs: [`02:00:00:00:00:0${place + 1}`],
      ip: null,
      ...parts,
    }));

/** At most so many rules; fewer are as likely. */
export function decidedHome(
  most = 6,
  zones: readonly (string | null)[] = ZONES,
): fc.Arbitrary<DecidedHome> {
  return fc
    .record({
      today: fc.constantFrom(...DAYS),
      second: fc.nat(DAY - 1),
      timezone: fc.constantFrom(...zones),
      rules: fc.array(rule, { maxLength: most }),
      mode,
      devices: fc.tuple(...IDS.map(device)),
    })
    .map(({ today, second, timezone, rules, mode: of, devices }) => {
      const now = Date.parse(today) / 1_000 + second;
      const hour = now - (now % 3_600);
      const all = rules.map((parts, place): AccessRule => {
        const whole = { ...RULE, ...parts, id: String(place) };
        if (whole.kind !== 'pause' && whole.kind !== 'exception') return whole;
        const until = whole.until === null ? null : whole.until + hour;
        return { ...whole, from: whole.from + hour, until };
      });
      const routers = new Map([[ROUTER, of]]);
      return { now, home: { id: 'h', timezone, rules: all, routers }, devices };
    });
}

/** What a document is compiled from, as the database gives it: blocks and lists by the MACs of devices. */
export function inputOf(
  { now, home, devices }: DecidedHome,
  features: ReadonlySet<Feature>,
): DocumentInput {
  const rules = home.routers.get(ROUTER);
  if (rules === undefined) throw new Error('the home has a router');
  const entriesOf = (chosen: readonly LoadedDevice[]) =>
    chosen.map(({ macs }) => ({ ip: '0.0.0.0', mac: macs[0] ?? null, device_macs: macs }));
  return {
    rules,
    blocks: entriesOf(devices.filter(({ blocked_since }) => blocked_since !== null)),
    listed: rules.mode === 'none' ? [] : entriesOf(devices.filter(({ is_listed }) => is_listed)),
    own: [],
    home: { home, router_id: ROUTER, devices },
    features,
    instant: now,
  };
}
