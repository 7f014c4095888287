/** Bytes of a minute. */
export type Minute = { readonly at: string; readonly down: number; readonly up: number };
/** Bit/s at an instant, in ms. */
type Sample = { readonly at: number; readonly down: number; readonly up: number };

const MINUTE_MS = 60_000;
/** Bytes of a minute as bits of a second. */
const BITS = 8 / 60;

type Lines = { at: number[]; down: number[]; up: number[] };

/**
 * One line from the minutes of several homes, which are added up, and what was measured since the page opened, which
 * stands for the minutes from its first sample on. The last minute is not over: without samples it is left out.
 * `at` is in seconds, the rest in bit/s.
 */
export function linesOf(minutes: readonly Minute[], samples: readonly Sample[]): Lines {
  const [first] = samples;
  const last = Math.max(...minutes.map(({ at }) => Date.parse(at)), -Infinity);
  const byTime = new Map<number, { down: number; up: number }>();
  for (const { at, down, up } of minutes) {
    const start = Date.parse(at);
    if (start === last || (first !== undefined && start + MINUTE_MS > first.at)) continue;
    const before = byTime.get(start) ?? { down: 0, up: 0 };
    byTime.set(start, { down: before.down + down * BITS, up: before.up + up * BITS });
  }
  const points = [
    ...[...byTime].map(([at, rates]) => ({ at, ...rates })).toSorted((a, b) => a.at - b.at),
    ...samples,
  ];
  return {
    at: points.map(({ at }) => at / 1000),
    down: points.map(({ down }) => down),
    up: points.map(({ up }) => up),
  };
}
