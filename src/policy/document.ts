/** What a router must do; compile.ts makes it. */

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
