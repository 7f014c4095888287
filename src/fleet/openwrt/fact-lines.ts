/** The lines by which an agent tells what it knows besides, and is asked for more: docs/protocol.md, "Facts". */
import type { PlacedDevice } from '../../devices/place.ts';
import { INTERNET, OFFLOADING, type ReportedFacts } from '../../routers/facts.ts';
import type { Health } from '../../routers/health.ts';
import { COUNTING, type Counting, type Used } from '../../usage/sample.ts';
import type { Request } from '../driver.ts';
import { encodeName } from './names.ts';
import {
  ADDRESS,
  MAC,
  NAME,
  type Token,
  matching,
  number,
  oneOf,
  orNull,
  reading,
} from './tokens.ts';

/** A line of facts. What devices used comes in `use` lines and ends with `used`. */
export type FactMessage =
  | ({ kind: 'place' } & PlacedDevice)
  | ({ kind: 'router' } & ReportedFacts)
  | ({ kind: 'health' } & Health)
  | { kind: 'use'; devices: Used[] }
  | { kind: 'used'; milliseconds: number; count: number; counting: Counting };

const INTERFACE = orNull(matching(/^\w[\w.-]{0,63}$/));
const BAND = orNull(oneOf(['2.4', '5', '6', '60']));
const SIGNAL = orNull(number(/^-\d{1,3}$/));
const BITS = orNull(number(/^(?:0|[1-9]\d{0,11})$/));
const SECONDS = number(/^(?:0|[1-9]\d{0,9})$/);
const LOAD = number(/^\d{1,5}\.\d\d$/);
const MEMORY = number(/^(?:0|[1-9]\d{0,14})$/);
const PERCENT = number(/^(?:0|[1-9]\d?|100)$/);
const ROUND_TRIP = orNull(number(/^\d{1,6}\.\d{3}$/));
const MILLISECONDS = number(/^[1-9]\d{0,11}$/);
const COUNT = number(/^(?:0|[1-9]\d{0,4})$/);
const BYTES: Token<number> = (token) => {
  const bytes = /^(?:0|[1-9]\d{0,15})$/.test(token) ? Number(token) : NaN;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
};

const readUsed = reading('used', {
  milliseconds: MILLISECONDS,
  count: COUNT,
  counting: oneOf(COUNTING),
});
const readDevice = reading('device', { mac: MAC, down: BYTES, up: BYTES });

/** Any number of devices, each with its MAC and two numbers. */
function readUse(tokens: string[]): { kind: 'use'; devices: Used[] } | undefined {
  const devices: Used[] = [];
  for (let at = 0; at < tokens.length; at += 3) {
    const device = readDevice(tokens.slice(at, at + 3));
    if (device === undefined) return undefined;
    const { mac, down, up } = device;
    devices.push({ mac, down, up });
  }
  return { kind: 'use', devices };
}

export const FACT_PARSERS = {
  place: reading('place', {
    mac: MAC,
    network: INTERFACE,
    port: INTERFACE,
    band: BAND,
    ssid: NAME,
    signal: SIGNAL,
    down: BITS,
    up: BITS,
  }),
  router: reading('router', {
    model: NAME,
    release: NAME,
    uptime: SECONDS,
    load: LOAD,
    memory_total: MEMORY,
    memory_available: MEMORY,
    internet: oneOf(INTERNET),
    public_ip4: orNull(ADDRESS),
    public_ip6: orNull(ADDRESS),
    offloading: oneOf(OFFLOADING),
  }),
  health: reading('health', { target: ADDRESS, loss: PERCENT, round_trip: ROUND_TRIP }),
  use: readUse,
  used: readUsed,
};

/** The line (without its end) of a fact. What the tests' agents say. */
export function writeFact(fact: FactMessage): string {
  return [fact.kind, ...wordsOf(fact).map((word) => word ?? '-')].join(' ');
}

function wordsOf(fact: FactMessage): (string | number | null)[] {
  switch (fact.kind) {
    case 'place': {
      const { mac, network, port, band, ssid, signal, down, up } = fact;
      return [mac, network, port, band, encodeName(ssid), signal, down, up];
    }
    case 'router': {
      const { uptime, load, memory_total, memory_available, internet } = fact;
      const about = [encodeName(fact.model), encodeName(fact.release), uptime, load.toFixed(2)];
      const memory = [memory_total, memory_available];
      return [...about, ...memory, internet, fact.public_ip4, fact.public_ip6, fact.offloading];
    }
    case 'health':
      return [fact.target, fact.loss, fact.round_trip === null ? null : fact.round_trip.toFixed(3)];
    case 'use':
      return fact.devices.flatMap(({ mac, down, up }) => [mac, down, up]);
    case 'used':
      break;
  }
  return [fact.milliseconds, fact.count, fact.counting];
}

/** The line (without its end) that asks for something. */
export function writeRequest(request: Request): string {
  switch (request.kind) {
    case 'health': {
      const [one = '-', other = '-'] = request.targets;
      return `health ${one} ${other}`;
    }
    case 'usage':
      return `usage ${request.seconds}`;
    case 'wake':
      break;
  }
  return `wake ${request.mac}`;
}
