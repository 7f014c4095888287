/** Compiles a policy into the document that the router's agent applies (docs/protocol.md). Pure. */
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

/** The highest rate of the protocol's twelve digits: in effect no limit. */
const HIGHEST_RATE = 999_999_999_999;

/** The document's lines. The same policy gives the same lines, in whatever order the database returns it. */
export function compileDocument({ rules, blocks, listed, own }: DocumentInput): string[] {
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

/** All MACs of the devices; the address of one without a known MAC. */
function addressesOf(entries: readonly DocumentTarget[], own: readonly string[]): string[] {
  const addresses = new Set(
    entries.flatMap(({ ip, mac, device_macs }) => {
      const macs = [...(mac === null ? [] : [mac]), ...device_macs];
      return macs.length > 0 ? macs : [ip];
    }),
  );
  return [...addresses].filter((address) => !own.includes(address)).toSorted();
}
