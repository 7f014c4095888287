/** When somebody wants to be told nothing, and when they want the digest of the week. Pure; instants are milliseconds of the epoch. */
import type { WeeklyWindow } from '../access/types.ts';
import { DAY, instantOf, weekdayOf } from '../access/wall-clock.ts';
import { spansOf } from '../access/weekly.ts';

/** When the digest of the week comes; 1 is Monday. */
export type DigestTime = { day: number; time: string };

const WEEK = 7 * DAY;

/** When the quiet hours end that hold at an instant; undefined: none hold. Windows that follow one another are one. */
export function quietUntil(
  windows: readonly WeeklyWindow[],
  zone: string,
  instant: number,
): number | undefined {
  const now = Math.floor(instant / 1_000);
  let end = now;
  // Windows that leave no minute of the week end nowhere: nobody may choose them.
  while (end < now + WEEK) {
    const until = spansOf(windows, zone, { from: end, to: end })
      .filter(({ from, to }) => from <= end && end < to)
      .reduce((latest, { to }) => Math.max(latest, to), end);
    if (until === end) break;
    end = until;
  }
  return end === now ? undefined : end * 1_000;
}

/** Whether windows leave no minute of an ordinary week in which somebody could be told something. */
export function isAlwaysQuiet(windows: readonly WeeklyWindow[]): boolean {
  const monday = Date.UTC(2026, 0, 5);
  const until = quietUntil(windows, 'UTC', monday);
  return until !== undefined && until >= monday + WEEK * 1_000;
}

/** The first time after an instant at which the digest of the week comes. */
export function nextDigest({ day, time }: DigestTime, zone: string, instant: number): number {
  const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const today = Math.floor(instant / 1_000 / DAY);
  // The calendar of the zone may be a day ahead or behind.
  for (let each = today - 1; ; each += 1) {
    if (weekdayOf(each) !== day) continue;
    const at = instantOf(zone, each, minute) * 1_000;
    if (at > instant) return at;
  }
}
