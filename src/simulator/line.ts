/** The line of a simulated home to the internet: how far away its targets are, how busy it is, and, if that is wanted, when it fails. Pure. */
import { chance } from './family.ts';

const MINUTE_MS = 60_000;
/** An outage begins in one of so many minutes, and lasts up to so many. */
const OUTAGE_ONCE_IN = 90;
const OUTAGE_MINUTES = 6;

export type Answered = { loss: number; round_trip: number | null };

/**
 * What five echo requests to a target give at an instant; always the same for the same.
 * @param number of the router
 * @param target which of its targets
 * @param hasOutages whether nobody answers now and then, for some minutes
 */
export function measureLine(
  number: number,
  target: number,
  at: Date,
  hasOutages: boolean,
): Answered {
  const minute = Math.floor(at.getTime() / MINUTE_MS);
  if (hasOutages && isOut(number, minute)) return { loss: 100, round_trip: null };
  // A line is near or far, a target too; in the evening all are busier, and a moment now and then is worse.
  const distance = 6 + 16 * chance(number, 1) + 5 * chance(number, 2, target);
  const evening = Math.exp(-(((at.getHours() + at.getMinutes() / 60 - 20.5) / 2.5) ** 2));
  const noise = chance(number, minute, target, 3);
  const isBad = chance(number, minute, target, 4) < 0.02 + 0.03 * evening;
  const round_trip = distance + evening * 9 * noise + 2 * noise + (isBad ? 60 * noise : 0);
  return {
    loss: isBad && noise > 0.5 ? 20 : 0,
    round_trip: Math.round(round_trip * 1_000) / 1_000,
  };
}

function isOut(number: number, minute: number): boolean {
  return Array.from({ length: OUTAGE_MINUTES }, (_, ago) => minute - ago).some(
    (begin, ago) =>
      chance(number, begin, 5) < 1 / OUTAGE_ONCE_IN &&
      ago < 2 + (OUTAGE_MINUTES - 2) * chance(number, begin, 6),
  );
}
