/** How long a router waits before it dials again, as agent/dial.sh does. */

/** The wait is up to the first of these, all of it by chance; doubled while it fails, up to the second. */
const [FIRST_MS, LONGEST_MS] = [3_000, 60_000];
/** A server that restarts is back soon: so long nothing is doubled. A connection that lasted as long begins anew. */
const SOON_MS = 30_000;
/** It dials anew at once if it is told to, but not again and again. */
const LONG_ENOUGH_MS = 5_000;

/** Gives the milliseconds to wait after each connection. @param random from 0 to 1 */
export function createWaiting(random: () => number = Math.random) {
  let longest = FIRST_MS;
  let lostAt = -Infinity;
  /** @param now milliseconds @param lasted how long it was connected; 0: not at all @param isRedialling the server told it to */
  return (now: number, lasted: number, isRedialling: boolean): number => {
    if (lasted >= SOON_MS) [longest, lostAt] = [FIRST_MS, now];
    const wait = isRedialling && lasted >= LONG_ENOUGH_MS ? 0 : random() * longest;
    if (now - lostAt >= SOON_MS) longest = Math.min(LONGEST_MS, longest * 2);
    return wait;
  };
}
