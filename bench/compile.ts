/** What it costs to decide for a large home, and to compile its document: `bench/compile [devices] [rules]`. */
import { performance } from 'node:perf_hooks';
import { accessAt } from '../src/access/access-at.ts';
import type { LoadedDevice } from '../src/access/load-home.ts';
import type { AccessHome, AccessRule } from '../src/access/types.ts';
import { writeDocument } from '../src/fleet/openwrt/document-lines.ts';
import { compileDocument } from '../src/policy/compile.ts';
import { FEATURES } from '../src/routers/features.ts';
import { OPEN_MODE, RULE } from '../testing/access-rule.ts';

const [devices = 10_000, rules = 20] = process.argv.slice(2).map(Number);
const ROUTER = 'r';
const hour = (hours: number): string => `${String(hours % 24).padStart(2, '0')}:00`;

/** Bedtimes: one for everyone, or one each for so many people. */
function bedtimes(people: number): AccessRule[] {
  return Array.from({ length: people }, (_, n) => ({
    ...RULE,
    id: String(n),
    ...(people > 1 && { target: 'person' as const, person_id: String(n) }),
    windows: [
      { days: [1, 2, 3, 4, 7], from: hour(19 + (n % 4)), to: '07:00' },
      { days: [1, 2, 3, 4, 5], from: hour(13 + (n % 3)), to: hour(15 + (n % 3)) },
    ],
  }));
}

function mac(n: number): string {
  return `02${n.toString(16).padStart(10, '0')}`.replaceAll(/..(?!$)/g, '$&:');
}

function measure(name: string, all: AccessRule[]): void {
  const home: AccessHome = {
    id: 'h',
    timezone: 'Europe/Berlin',
    rules: all,
    routers: new Map([[ROUTER, OPEN_MODE]]),
  };
  const family = Array.from({ length: devices }, (_, n): LoadedDevice => ({
    id: String(n),
    part_ids: [String(n)],
    router_id: ROUTER,
    home_id: 'h',
    is_router: false,
    person_id: String(n % rules),
    network: 'lan',
    is_reviewed: true,
    blocked_since: null,
    is_listed: false,
    macs: [mac(n)],
    ip: null,
  }));
  const instant = Math.floor(Date.now() / 1_000);
  const features = new Set(FEATURES);
  const begun = performance.now();
  for (const device of family) accessAt(home, device, instant);
  const decided = performance.now();
  const { document } = compileDocument({
    rules: OPEN_MODE,
    blocks: [],
    listed: [],
    own: [],
    home: { home, router_id: ROUTER, devices: family },
    features,
    instant,
  });
  const compiled = performance.now();
  const lines = writeDocument(document, features).length;
  const ms = (milliseconds: number) => `${milliseconds.toFixed(0)} ms`.padStart(8);
  console.log(
    `${name.padEnd(28)} accessAt ${ms(decided - begun)}   document ${ms(compiled - decided)}   ${lines} lines`,
  );
}

console.log(`${devices} devices, ${rules} rules`);
measure('one bedtime for everyone', bedtimes(1));
measure(`a bedtime each for ${rules} people`, bedtimes(rules));
measure(
  `${rules} schedules for everyone`,
  bedtimes(rules).map((rule) => ({ ...rule, target: 'everyone', person_id: null })),
);
