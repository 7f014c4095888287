/** What a simulated router tells besides, unasked and when it is due, as a real one does: docs/protocol.md, "Facts". */
import { type FactMessage, writeFact } from '../fleet/openwrt/fact-lines.ts';
import type { Used } from '../usage/sample.ts';
import { chance } from './family.ts';
import type { Home } from './home.ts';
import { measureLine } from './line.ts';
import type { AccessOf } from './rhythm.ts';

/** Seconds between two of each kind. */
const [EVERY_ROUTER, EVERY_MINUTE, EVERY_WATCHED] = [300, 60, 2];
/** Seconds until the first one of usage: somebody who looks at a demo should not wait for a minute. */
const FIRST_USAGE = 4;
/** Devices in one line. */
const IN_A_LINE = 8;
const [MEMORY, AVAILABLE] = [512_000_000, 380_000_000];

export type Telling = {
  /** The lines that are due. */
  due: () => string[];
  /** Where devices are; only these MACs if they are given. */
  places: (macs?: ReadonlySet<string>) => string[];
  /** Which targets to ask from now on. */
  askHealth: (targets: readonly string[]) => void;
  /** Says what devices use each 2 s, for so many seconds. */
  watchUsage: (seconds: number) => void;
};

export function createTelling(
  home: Home,
  uptime: () => number,
  now: () => Date,
  accessOf: AccessOf,
  hasOutages = false,
): Telling {
  const number = Number.parseInt(home.lan.replaceAll(':', '').slice(-6), 16);
  let targets: readonly string[] = [];
  let [nextRouter, nextHealth, nextUsage] = [0, uptime() + 10, uptime() + FIRST_USAGE];
  let [lastUsage, watchedUntil, asked] = [uptime(), 0, 0];
  const draw = (...rest: number[]) => chance(number, Math.floor(uptime()), ...rest);

  function health(): FactMessage[] {
    const place = asked % targets.length;
    const target = targets[place];
    asked += 1;
    if (target === undefined) return [];
    return [{ kind: 'health', target, ...measureLine(number, place, now(), hasOutages) }];
  }

  function usage(): FactMessage[] {
    const seconds = Math.max(1, uptime() - lastUsage);
    lastUsage = uptime();
    const used = home.use(now(), seconds, accessOf).filter(({ down, up }) => down + up > 0);
    return [
      ...inLines(used).map((devices) => ({ kind: 'use' as const, devices })),
      {
        kind: 'used',
        milliseconds: Math.round(seconds * 1_000),
        count: used.length,
        counting: 'counted',
      },
    ];
  }

  return {
    due: () => {
      const at = uptime();
      const facts: FactMessage[] = [];
      if (at >= nextRouter) {
        nextRouter = at + EVERY_ROUTER;
        facts.push(routerOf(number, Math.floor(at), draw));
      }
      if (at >= nextHealth) {
        nextHealth = at + EVERY_MINUTE;
        facts.push(...health());
      }
      if (at >= nextUsage) {
        nextUsage = at + (at < watchedUntil ? EVERY_WATCHED : EVERY_MINUTE);
        facts.push(...usage());
      }
      return facts.map(writeFact);
    },
    places: (macs) =>
      home
        .places(now())
        .filter(({ mac }) => macs?.has(mac) ?? true)
        .map((place) => writeFact({ kind: 'place', ...place })),
    askHealth: (wanted) => {
      targets = wanted;
    },
    watchUsage: (seconds) => {
      watchedUntil = uptime() + seconds;
      nextUsage = Math.min(nextUsage, uptime() + EVERY_WATCHED);
    },
  };
}

function routerOf(number: number, uptime: number, draw: (part: number) => number): FactMessage {
  return {
    kind: 'router',
    model: 'GL.iNet GL-MT3000',
    release: 'OpenWrt 24.10.4',
    uptime,
    load: Number((0.02 + 0.2 * draw(3)).toFixed(2)),
    memory_total: MEMORY,
    memory_available: Math.floor(AVAILABLE * (0.9 + 0.1 * draw(4))),
    internet: 'up',
    // Of the networks that are kept for documentation (RFC 5737, RFC 3849).
    public_ip4: `203.0.113.${1 + (number % 254)}`,
    public_ip6: `2001:db8::${((number & 0xff_ff) + 1).toString(16)}`,
    offloading: 'off',
  };
}

function inLines(used: readonly Used[]): Used[][] {
  return Array.from({ length: Math.ceil(used.length / IN_A_LINE) }, (_, line) =>
    used.slice(line * IN_A_LINE, (line + 1) * IN_A_LINE),
  );
}
