/** Numbers from 0 to 1, the same ones for the same seed: a simulated home is the same at each start. */
export type Random = () => number;

/** Mulberry32: small, quick, and random enough for who comes home when. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 to `below`, without it. */
export function pickNumber(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** Any of them. Throws RangeError if there is none. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[pickNumber(random, items.length)];
  if (item === undefined) throw new RangeError('There is nothing to pick from.');
  return item;
}
