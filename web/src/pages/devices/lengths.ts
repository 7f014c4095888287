import { instantOf, wallTimeAt } from '../../homes/wall-time.ts';

/** How long something can hold at one tap, in minutes. */
export const PAUSES = [15, 30, 60, 120] as const;

/** What "slow" can mean, in bit/s. */
export const SPEEDS = [1, 5, 20, 50].map((megabits) => megabits * 1_000_000);

/** Seven in the morning in a zone, today or tomorrow, in ms since 1970. */
export function nextMorning(now: number, zone: string): number {
  const sevenOn = (at: number) => instantOf(`${wallTimeAt(at, zone).slice(0, 10)}T07:00`, zone);
  const today = sevenOn(now);
  return today > now ? today : sevenOn(now + 24 * 60 * 60 * 1000);
}
