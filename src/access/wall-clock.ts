/** The wall clocks of time zones. Days are counted from 1970-01-01, as the zone's calendar has them. */
import { Temporal } from 'temporal-polyfill';

export const DAY = 86_400;
/** Of each zone so many days are kept. */
const MOST_DAYS = 5_000;

/** Seconds that the clock is ahead of UTC on a day; null: it changes on that day. */
type Offsets = Map<number, number | null>;
const zones = new Map<string, Offsets>();
const known = new Map<string, boolean>();

/** The zone itself, or UTC if nobody has said it, or nothing is known of it here. */
export function zoneOf(timezone: string | null): string {
  if (timezone === null) return 'UTC';
  let isKnown = known.get(timezone);
  if (isKnown === undefined) {
    isKnown = isTimeZone(timezone);
    if (known.size === MOST_DAYS) known.clear();
    known.set(timezone, isKnown);
  }
  return isKnown ? timezone : 'UTC';
}

function isTimeZone(timezone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timezone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * When the clock of a zone shows a time of a day, in seconds of the epoch; of two such instants the first. If it skips that
 * time, what it would be if the clock were set later (`compatible` in Temporal).
 * @param minute of the day
 */
export function instantOf(zone: string, day: number, minute: number): number {
  const offset = offsetOn(zone, day);
  if (offset !== null) return day * DAY + minute * 60 - offset;
  return Math.ceil(wallTime(day, minute).toZonedDateTime(zone).epochMilliseconds / 1_000);
}

/** Whether the clock skips a time of a day: it is set forward over it. */
export function isSkipped(zone: string, day: number, minute: number): boolean {
  if (offsetOn(zone, day) !== null) return false;
  const wanted = wallTime(day, minute);
  return !wanted.toZonedDateTime(zone).toPlainDateTime().equals(wanted);
}

/** The days from an instant to another one on which the clock of a zone changes, by the instant at which they begin in UTC. */
export function daysOfChange(zone: string, from: number, to: number): number[] {
  const days: number[] = [];
  for (let day = Math.floor(from / DAY); day <= to / DAY; day += 1)
    if (offsetOn(zone, day) === null) days.push(day * DAY);
  return days;
}

/** Monday is 1. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function offsetOn(zone: string, day: number): number | null {
  let offsets = zones.get(zone);
  if (offsets === undefined) zones.set(zone, (offsets = new Map()));
  const found = offsets.get(day);
  if (found !== undefined) return found;
  const [begins, ends] = [offsetAt(zone, day), offsetAt(zone, day + 1)];
  const offset = begins === ends ? begins : null;
  if (offsets.size === MOST_DAYS) offsets.clear();
  offsets.set(day, offset);
  return offset;
}

/** At the beginning of a day; NaN, which equals nothing, if the clock skips that. */
function offsetAt(zone: string, day: number): number {
  const midnight = wallTime(day, 0);
  const shown = midnight.toZonedDateTime(zone);
  return shown.toPlainDateTime().equals(midnight) ? shown.offsetNanoseconds / 1e9 : Number.NaN;
}

function wallTime(day: number, minute: number): Temporal.PlainDateTime {
  return Temporal.PlainDate.from('1970-01-01')
    .add({ days: day })
    .toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
}
