/** What a router is to do, compiled into the document that its agent applies (docs/protocol.md). Pure. */
import type { Rules } from './queries.ts';

/** A block or an entry of a list, with the MACs of the device behind it. */
export type Entry = { ip: string; mac: string | null; device_macs: string[] };

/** All that the document is made of. */
export type Wanted = {
  rules: Rules;
  /** Those that are active. */
  blocks: readonly Entry[];
  /** The active entries of the mode's list. */
  listed: readonly Entry[];
  /** What is the router's own, as MACs and addresses: never blocked, never limited. */
  own: readonly string[];
};

/** The most that fits the protocol's twelve digits: as good as no limit. */
const HIGHEST_RATE = 999_999_999_999;

/** The document's lines. The same for the same policy, whatever order the database gives it in. */
export function compileDocument({ rules, blocks, listed, own }: Wanted): string[] {
  const { limit, full } = ratesOf(rules);
  return [
    `mode ${rules.mode}`,
    `limit ${writeRate(limit)}`,
    `full ${writeRate(full)}`,
    ...addressesOf(blocks, own).map((address) => `block ${address}`),
    ...(rules.mode === 'none' ? [] : addressesOf(listed, own).map((address) => `list ${address}`)),
  ];
}

function ratesOf(rules: Rules): { limit: number | null; full: number | null } {
  if (rules.mode === 'whitelist')
    return { limit: rules.whitelist_limit_rate, full: rules.whitelist_full_rate };
  if (rules.mode === 'blacklist')
    return { limit: rules.blacklist_limit_rate, full: rules.blacklist_full_rate };
  return { limit: null, full: null };
}

function writeRate(rate: number | null): string {
  return rate === null ? '-' : String(Math.min(rate, HIGHEST_RATE));
}

/** By MAC where one is known: all MACs of the device. By address else. */
function addressesOf(entries: readonly Entry[], own: readonly string[]): string[] {
  const addresses = new Set(
    entries.flatMap(({ ip, mac, device_macs }) => {
      const macs = [...(mac === null ? [] : [mac]), ...device_macs];
      return macs.length > 0 ? macs : [ip];
    }),
  );
  return [...addresses].filter((address) => !own.includes(address)).toSorted();
}
