/** Weekly windows: when they are open, by the clock of a zone. */
import type { WeeklyWindow } from './types.ts';
import { DAY, instantOf, isSkipped, weekdayOf } from './wall-clock.ts';

/** From an instant to before another one. */
export type Span = { from: number; to: number };

/** A window begins on a day that is at most so many away from the day in UTC. */
const DAYS_AROUND = 2;

/** Whether one of the windows is open. */
export function isOpen(windows: readonly WeeklyWindow[], zone: string, instant: number): boolean {
  const today = Math.floor(instant / DAY);
  return windows.some((window) => {
    for (let day = today - DAYS_AROUND; day <= today + 1; day += 1) {
      const span = spanOn(window, zone, day);
      if (span !== undefined && span.from <= instant && instant < span.to) return true;
    }
    return false;
  });
}

/** When they open and close from an instant to another one; not in order. */
export function edgesOf(
  windows: readonly WeeklyWindow[],
  zone: string,
  { from, to }: Span,
): number[] {
  const edges: number[] = [];
  for (const window of windows)
    for (let day = Math.floor(from / DAY) - DAYS_AROUND; day <= to / DAY + 1; day += 1) {
      const span = spanOn(window, zone, day);
      if (span === undefined) continue;
      if (from <= span.from && span.from <= to) edges.push(span.from);
      if (from <= span.to && span.to <= to) edges.push(span.to);
    }
  return edges;
}

/** When a window is open that begins on a day; undefined: it does not, or the clock skips all of it. */
function spanOn(window: WeeklyWindow, zone: string, day: number): Span | undefined {
  if (!window.days.includes(weekdayOf(day))) return undefined;
  const [begin, end] = [minuteOf(window.from), minuteOf(window.to)];
  const lastDay = end <= begin ? day + 1 : day;
  if (lastDay === day && isSkipped(zone, day, begin) && isSkipped(zone, day, end)) return undefined;
  const span = { from: instantOf(zone, day, begin), to: instantOf(zone, lastDay, end) };
  return span.from < span.to ? span : undefined;
}

/** `21:30`: 1290. */
function minuteOf(time: string): number {
  const [hours = '', minutes = ''] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
