import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(import.meta.resolve('oui-data'));

/** Lengths of a prefix as MACs are written: the IEEE assigns blocks of 36 bits (MA-S), 28 (MA-M) and 24 (MA-L). */
const PREFIXES = ['aa:bb:cc:dd:e', 'aa:bb:cc:d', 'aa:bb:cc'].map(({ length }) => length);

/** What the registry has for shared blocks, and for manufacturers that are not named. */
const UNNAMED = new Set(['IEEE Registration Authority', 'Private']);

let registry: Promise<Map<string, string>> | undefined;

/**
 * Returns a function that finds a MAC's manufacturer in the registry of the IEEE; null if it is not there, and
 * for a random MAC. The registry is read when it is first needed, and kept in memory (docs/decisions/libraries.md).
 */
export async function manufacturers(): Promise<(mac: string) => string | null> {
  registry ??= readRegistry();
  const names = await registry;
  return (mac) => {
    if (isRandomMac(mac)) return null;
    // Small manufacturers share three bytes with others: the longest prefix is the right one.
    const spelt = mac.toLowerCase();
    for (const length of PREFIXES) {
      const name = names.get(spelt.slice(0, length));
      if (name !== undefined) return name;
    }
    return null;
  };
}

/** Whether a MAC is made up: phones set the second lowest bit of the first byte then (IEEE 802, 8.2.2). */
export function isRandomMac(mac: string): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 2) !== 0;
}

function asInMacs(digits: string): string {
  return digits.toLowerCase().replaceAll(/..(?=.)/g, '$&:');
}

/** A name is the first line of an address; the rest is dropped. Checked by hand, as there are 54,000 entries. */
async function readRegistry(): Promise<Map<string, string>> {
  const entries: unknown = JSON.parse(await readFile(FILE, 'utf8'));
  const names = new Map<string, string>();
  for (const [prefix, address] of Object.entries(entries ?? {})) {
    if (typeof address !== 'string') throw new TypeError(`${FILE}: ${prefix} has no address`);
    const [name = ''] = address.split('\n', 1);
    if (UNNAMED.has(name)) continue;
    // A copy: a slice would keep the whole text in memory.
    names.set(asInMacs(prefix), Buffer.from(name.slice(0, 255)).toString());
  }
  return names;
}
