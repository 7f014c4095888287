import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Type } from 'typebox';
import { Value } from 'typebox/value';

const FILE = fileURLToPath(import.meta.resolve('oui-data'));
const Registry = Type.Record(Type.String(), Type.String());

let registry: Promise<Map<string, string>> | undefined;

/**
 * Gives a function that tells whose a MAC is, by the registry of the IEEE; null where that does not know, and
 * for a MAC that is made up. The registry is read when it is first needed, and kept (docs/decisions/0015).
 */
export async function manufacturers(): Promise<(mac: string) => string | null> {
  registry ??= readRegistry();
  const names = await registry;
  return (mac) =>
    isRandomMac(mac)
      ? null
      : (names.get(mac.slice(0, 8).replaceAll(':', '').toUpperCase()) ?? null);
}

/** Whether whoever uses a MAC made it up: its second lowest bit says so (IEEE 802, 8.2.2), as phones set it. */
export function isRandomMac(mac: string): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 2) !== 0;
}

/** Each name is the first of the lines of an address; the rest is not kept. */
async function readRegistry(): Promise<Map<string, string>> {
  const entries = Value.Parse(Registry, JSON.parse(await readFile(FILE, 'utf8')));
  return new Map(
    Object.entries(entries).map(([prefix, address]) => [
      prefix,
      // A copy of its own: a slice would keep the whole text alive.
      Buffer.from(address.split('\n', 1).join('').slice(0, 255)).toString(),
    ]),
  );
}
