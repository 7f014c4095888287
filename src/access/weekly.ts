/** Weekly windows: when they are open, by the clock of a zone. */
import type { WeeklyWindow } from './types.ts';
import { DAY, instantOf, isSkipped, weekdayOf } from './wall-clock.ts';

/** From an instant to before another one. */
export type Span = { from: number; to: number };

/** A window begins on a day that is at most so many away from the day in UTC. */
const DAYS_AROUND = 2;

/** Whether one of the windows is open. */
export function isOpen(windows: readonly WeeklyWindow[], zone: string, instant: number): boolean {
  const around = { from: instant, to: instant };
  return windows.some((window) =>
    spansOfOne(window, zone, around).some(({ from, to }) => from <= instant && instant < to),
  );
}

/** When they are open from an instant to another one, or begin or end there; not in order, and they may overlap. */
export function spansOf(
  windows: readonly WeeklyWindow[],
  zone: string,
  { from, to }: Span,
): Span[] {
  return windows.flatMap((window) => spansOfOne(window, zone, { from, to }));
}

function spansOfOne(window: WeeklyWindow, zone: string, { from, to }: Span): Span[] {
  const days = daysOf(window, zone);
  const spans: Span[] = [];
  for (let day = Math.floor(from / DAY) - DAYS_AROUND; day <= to / DAY + 1; day += 1) {
    let span = days.get(day);
    if (span === undefined) days.set(day, (span = spanOn(window, zone, day) ?? NEVER));
    if (span !== NEVER && span.from <= to && from <= span.to) spans.push(span);
  }
  return spans;
}

const NEVER: Span = { from: 0, to: 0 };
/** By the day on which it begins: who asks for one instant asks for the next one soon. */
type Days = Map<number, Span>;
const known = new WeakMap<WeeklyWindow, { zone: string; days: Days }>();

function daysOf(window: WeeklyWindow, zone: string): Days {
  const found = known.get(window);
  if (found?.zone === zone) return found.days;
  const days: Days = new Map();
  known.set(window, { zone, days });
  return days;
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
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
