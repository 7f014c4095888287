/** Compiles a policy into what a router must do. Pure. */
import { parseAddress } from '../parse-address.ts';
import type { Rules } from './rules.ts';

/** What a block or a list entry is for, with all MACs of the device. */
export type DocumentTarget = { ip: string; mac: string | null; device_macs: string[] };

/** Everything that the document is compiled from. */
export type DocumentInput = {
  rules: Rules;
  /** The active ones. */
  blocks: readonly DocumentTarget[];
  /** The active entries of the mode's list. */
  listed: readonly DocumentTarget[];
  /** The router's own MACs and addresses: never blocked, never limited. */
  own: readonly string[];
};

/** What one device gets, each direction by itself, in bits per second; null: no limit; 0: nothing. */
export type Rates = { down: number | null; up: number | null };

/** A device that has rates of its own. They outweigh `limit` and `full`. */
export type RatedDevice = Rates & { device: string };

/** Open from an instant to before another one, in seconds of the epoch. Windows of one number are one: all of them together. */
export type DocumentWindow = { number: number; from: number; to: number };

/**
 * What each device on a network gets, as netifd names it (what `place` reports); null: on every one that no rule names. No
 * limits at all is said, too: it outweighs what comes after it.
 */
export type NetworkRates = Rates & { network: string | null };

/** What holds while a window of a number is open, besides the rest; its rates in place of those that always hold. */
export type TimedRule = { window: number } & (
  | { kind: 'block' | 'list'; device: string }
  | ({ kind: 'rate' } & RatedDevice)
  | ({ kind: 'net' | 'new' } & NetworkRates)
);

/**
 * What a router must do, all of it. Devices are named by MAC, or by address if no MAC is known; each once. What counts for a
 * device is the first of: `blocked`, its `rates`, `networks`, `newcomers` (if it is not `known`), the mode.
 */
export type PolicyDocument = {
  mode: string;
  /** Bits per second: what a limited device gets (0: nothing), and what any other gets; null: no limit. */
  limit: number | null;
  full: number | null;
  /** Everything of these is dropped. */
  blocked: string[];
  /** On the list of the mode; none in mode `none`. */
  listed: string[];
  rates: RatedDevice[];
  /** What devices of a network get that have no rates of their own. */
  networks: NetworkRates[];
  /** What devices get that are not known, also those that the server has never heard of. */
  newcomers: NetworkRates[];
  /** The MACs that `newcomers` does not mean. */
  known: string[];
  /** For the next 14 days; after the last one a router that hears of no other repeats the last week. */
  windows: DocumentWindow[];
  /** Numbers of windows that do not repeat. */
  once: number[];
  timed: TimedRule[];
};

/** Nobody is blocked or limited. */
export const OPEN_DOCUMENT: PolicyDocument = {
  mode: 'none',
  limit: null,
  full: null,
  blocked: [],
  listed: [],
  rates: [],
  networks: [],
  newcomers: [],
  known: [],
  windows: [],
  once: [],
  timed: [],
};

/** The same for the same policy, in whatever order the database gives it. */
export function compileDocument({ rules, blocks, listed, own }: DocumentInput): PolicyDocument {
  return {
    ...OPEN_DOCUMENT,
    mode: rules.mode,
    ...ratesOf(rules),
    blocked: addressesOf(blocks, own),
    listed: rules.mode === 'none' ? [] : addressesOf(listed, own),
  };
}

function ratesOf(rules: Rules): Pick<PolicyDocument, 'limit' | 'full'> {
  if (rules.mode === 'whitelist')
    return { limit: rules.whitelist_limit_rate, full: rules.whitelist_full_rate };
  if (rules.mode === 'blacklist')
    return { limit: rules.blacklist_limit_rate, full: rules.blacklist_full_rate };
  return { limit: null, full: null };
}

/** All MACs of the devices; the address of one without a known MAC. */
function addressesOf(entries: readonly DocumentTarget[], own: readonly string[]): string[] {
  const addresses = new Set(
    entries.flatMap(({ ip, mac, device_macs }) => {
      const macs = [...(mac === null ? [] : [mac]), ...device_macs];
      return macs.length > 0 ? macs : [parseAddress(ip) ?? ip];
    }),
  );
  return [...addresses].filter((address) => !own.includes(address)).toSorted();
}
