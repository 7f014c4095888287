import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(import.meta.resolve('oui-data'));

/** Digits of a prefix: the IEEE gives blocks of 36 bits (MA-S), 28 (MA-M) and 24 (MA-L). */
const PREFIXES = [9, 7, 6];

/** What the registry says of shared blocks, and of those who do not want to be named. */
const NOBODY = new Set(['IEEE Registration Authority', 'Private']);

let registry: Promise<Map<string, string>> | undefined;

/**
 * Gives a function that tells whose a MAC is, by the registry of the IEEE; null where that does not know, and
 * for a MAC that is made up. The registry is read when it is first needed, and kept (docs/decisions/0016).
 */
export async function manufacturers(): Promise<(mac: string) => string | null> {
  registry ??= readRegistry();
  const names = await registry;
  return (mac) => {
    if (isRandomMac(mac)) return null;
    const digits = mac.replaceAll(':', '').toUpperCase();
    // The small manufacturers share three bytes with others: the longest prefix is the right one.
    const found = PREFIXES.map((length) => names.get(digits.slice(0, length)));
    return found.find((name) => name !== undefined) ?? null;
  };
}

/** Whether whoever uses a MAC made it up: its second lowest bit says so (IEEE 802, 8.2.2), as phones set it. */
export function isRandomMac(mac: string): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 2) !== 0;
}

/** Each name is the first of the lines of an address; the rest is not kept. Checked by hand: it is 54,000 entries. */
async function readRegistry(): Promise<Map<string, string>> {
  const entries: unknown = JSON.parse(await readFile(FILE, 'utf8'));
  const names = new Map<string, string>();
  for (const [prefix, address] of Object.entries(entries ?? {})) {
    if (typeof address !== 'string') throw new TypeError(`${FILE}: ${prefix} has no address`);
    const [name = ''] = address.split('\n', 1);
    if (NOBODY.has(name)) continue;
    // A copy of its own: a slice would keep the whole text alive.
    names.set(prefix, Buffer.from(name.slice(0, 255)).toString());
  }
  return names;
}
