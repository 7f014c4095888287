/** What the devices of a person add up to. Pure. */

/** The strips of several devices as one: somebody is there if one of their devices is. */
export function strongest(strips: readonly string[]): string {
  const length = Math.max(0, ...strips.map((digits) => digits.length));
  return Array.from({ length }, (_, slot) =>
    String(Math.max(...strips.map((digits) => Number(digits[slot] ?? 0)))),
  ).join('');
}

/** Kinds of things that are rather the home's than somebody's. */
const THINGS: ReadonlySet<string> = new Set([
  'tv',
  'camera',
  'printer',
  'speaker',
  'smart_home',
  'server',
  'plug',
  'light',
  'hub',
  'vacuum',
  'streaming_stick',
]);

/** Whether a device of this type is a thing of the home, as long as nobody says whose it is. */
export function isThing(type: string | null): boolean {
  return type !== null && THINGS.has(type);
}
