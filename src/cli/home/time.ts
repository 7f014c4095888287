import { Temporal } from 'temporal-polyfill';
import { InvalidInputError } from '../../errors.ts';

/** Now, and the zone in which a home reads its clocks. */
export type Clock = { now: Temporal.Instant; zone: string };

/** How a change ends, as the API takes it; neither: somebody ends it. */
export type End = { minutes?: number; until_at?: string };

/** How far ahead a pause or an exception can end. */
const MOST_DAYS = 60;

/** The zone of this machine. */
export function ownZone(): string {
  return Temporal.Now.timeZoneId();
}

/** The clock of a home; of this machine if the home has not said its zone. */
export function clockIn(zone: string | null | undefined): Clock {
  return { now: Temporal.Now.instant(), zone: zone ?? ownZone() };
}

/** What `--for` and `--until` say together; undefined without either. Throws InvalidInputError. */
export function parseEnd(
  { for: duration, until }: { for?: string; until?: string },
  clock: Clock,
): End | undefined {
  if (duration !== undefined && until !== undefined)
    throw new InvalidInputError([
      { field: '--until', value: until, expected: 'nothing, as --for says when it ends' },
    ]);
  if (duration !== undefined) {
    const minutes = parseDuration(duration, '--for');
    if (minutes <= MOST_DAYS * 24 * 60) return { minutes };
    throw new InvalidInputError([
      { field: '--for', value: duration, expected: `${MOST_DAYS} days at most` },
    ]);
  }
  if (until === undefined) return undefined;
  const end = parseTime(until, '--until', clock);
  if (end.since(clock.now).total('hours') <= MOST_DAYS * 24) return { until_at: end.toString() };
  throw new InvalidInputError([
    { field: '--until', value: until, expected: `a time within the next ${MOST_DAYS} days` },
  ]);
}

const DURATION =
  /^(?:(?<days>\d{1,4})\s*d(?:ays?)?)?\s*(?:(?<hours>\d{1,4})\s*h(?:ours?)?)?\s*(?:(?<minutes>\d{1,5})\s*m(?:in(?:utes?)?)?)?$/i;

/** Minutes: `30m`, `1h30m`, `2 h`, `3d`. Throws InvalidInputError. */
export function parseDuration(text: string, field: string): number {
  const { days = '0', hours = '0', minutes = '0' } = DURATION.exec(text.trim())?.groups ?? {};
  const total = (Number(days) * 24 + Number(hours)) * 60 + Number(minutes);
  if (total > 0) return total;
  throw new InvalidInputError([
    { field, value: text, expected: 'how long, such as 30m, 1h30m, 2h or 3d' },
  ]);
}

const DAY_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const TIME =
  /^(?:(?<day>\d{4}-\d{2}-\d{2}|[a-z]{3,9})[T\s]\s*)?(?<hour>[01]?\d|2[0-3]):(?<minute>[0-5]\d)$/i;

/**
 * The instant of `21:30` (the next one), `tomorrow 7:00`, `fri 18:00`, `2026-12-24 18:00`, `2026-12-24` (the end of that day), or a time
 * with its offset, in the clock's zone. Throws InvalidInputError, also for one that has passed.
 */
export function parseTime(text: string, field: string, { now, zone }: Clock): Temporal.Instant {
  const found = readTime(text.trim(), now.toZonedDateTimeISO(zone));
  const expected =
    'a time to come, such as 21:30, "tomorrow 7:00", "fri 18:00", 2026-12-24 or "2026-12-24 18:00"';
  if (found === undefined || Temporal.Instant.compare(found, now) <= 0)
    throw new InvalidInputError([{ field, value: text, expected }]);
  return found;
}

/** As an ISO time: how long ago (`2h`, `7d`), or a time that has passed (`14:30`, `2026-11-27`, `2026-11-27 08:00`). Throws InvalidInputError. */
export function parsePast(text: string, field: string, { now, zone }: Clock): string {
  const { days, hours, minutes } = DURATION.exec(text.trim())?.groups ?? {};
  if (days !== undefined || hours !== undefined || minutes !== undefined)
    return now
      .subtract({ minutes: parseDuration(text, field) })
      .round('second')
      .toString();
  const here = now.toZonedDateTimeISO(zone);
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text.trim());
  const found = readTime(isDate ? `${text.trim()} 00:00` : text.trim(), here);
  const isClock = /^\d{1,2}:\d{2}$/.test(text.trim());
  // A bare time of the day is read as the next one.
  const past =
    found !== undefined && isClock && Temporal.Instant.compare(found, now) > 0
      ? found.toZonedDateTimeISO(zone).subtract({ days: 1 }).toInstant()
      : found;
  if (past !== undefined && Temporal.Instant.compare(past, now) <= 0) return past.toString();
  throw new InvalidInputError([
    {
      field,
      value: text,
      expected: 'how long ago, or a time that has passed: 2h, 7d, 14:30, 2026-11-27',
    },
  ]);
}

function readTime(text: string, now: Temporal.ZonedDateTime): Temporal.Instant | undefined {
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/i.test(text))
    return attempt(() => Temporal.Instant.from(text));
  if (/^\d{4}-\d{2}-\d{2}$/.test(text))
    return attempt(() => startOf(Temporal.PlainDate.from(text).add({ days: 1 }), now));
  const { day, hour, minute } = TIME.exec(text)?.groups ?? {};
  if (hour === undefined || minute === undefined) return undefined;
  const time = new Temporal.PlainTime(Number(hour), Number(minute));
  const at = (date: Temporal.PlainDate) =>
    date.toZonedDateTime({ timeZone: now.timeZoneId, plainTime: time }).toInstant();
  const today = now.toPlainDate();
  if (day === undefined) return nextOf(at, today, now);
  if (/^\d/.test(day)) return attempt(() => at(Temporal.PlainDate.from(day)));
  const name = day.toLowerCase();
  if (name === 'today') return at(today);
  if (name === 'tomorrow') return at(today.add({ days: 1 }));
  const wanted = DAY_NAMES.findIndex((known) => known.startsWith(name)) + 1;
  if (wanted === 0) return undefined;
  const days = (wanted - today.dayOfWeek + 7) % 7;
  const found = at(today.add({ days }));
  return days === 0 && Temporal.Instant.compare(found, now.toInstant()) <= 0
    ? at(today.add({ days: 7 }))
    : found;
}

/** Today's, or tomorrow's if that has passed. */
function nextOf(
  at: (date: Temporal.PlainDate) => Temporal.Instant,
  today: Temporal.PlainDate,
  now: Temporal.ZonedDateTime,
): Temporal.Instant {
  const found = at(today);
  return Temporal.Instant.compare(found, now.toInstant()) > 0 ? found : at(today.add({ days: 1 }));
}

function startOf(
  date: Temporal.PlainDate,
  { timeZoneId }: Temporal.ZonedDateTime,
): Temporal.Instant {
  return date.toZonedDateTime(timeZoneId).toInstant();
}

/** Undefined for a date that the calendar does not have. */
function attempt(read: () => Temporal.Instant): Temporal.Instant | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const SHORT_DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** A time in the clock's zone, for a list: `21:30`, `tomorrow 07:00`, `Fri 18:00`, `2026-12-24 18:00`. */
export function formatTime(iso: string, { now, zone }: Clock): string {
  const at = Temporal.Instant.from(iso).toZonedDateTimeISO(zone);
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const days = today.until(at.toPlainDate()).days;
  return `${nameDay(days, at)}${at.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

/** The same in a sentence: with the zone, if that is not this machine's. */
export function sayTime(iso: string, clock: Clock): string {
  const suffix = clock.zone === ownZone() ? '' : ` (${clock.zone})`;
  return `${formatTime(iso, clock)}${suffix}`;
}

function nameDay(days: number, at: Temporal.ZonedDateTime): string {
  if (days === 0) return '';
  if (days === 1) return 'tomorrow ';
  if (days === -1) return 'yesterday ';
  if (days > 1 && days < 7) return `${SHORT_DAYS[at.dayOfWeek - 1] ?? ''} `;
  return `${at.toPlainDate().toString()} `;
}

/** ISO weekdays (1: Monday) that a text names: `mon-fri`, `sat,sun`, `daily`, `fri-sun,tue`. Undefined for another text. */
export function parseDays(text: string): number[] | undefined {
  if (['daily', 'every day', 'all'].includes(text.toLowerCase())) return [1, 2, 3, 4, 5, 6, 7];
  const days = new Set<number>();
  for (const part of text.toLowerCase().split(',')) {
    const ends = part.trim().split('-').map(dayOf);
    const [from, to = from] = ends;
    if (ends.length > 2 || ends.includes(undefined)) return undefined;
    if (from === undefined || to === undefined) return undefined;
    for (let day = from; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === to) break;
    }
  }
  return [...days].toSorted((one, other) => one - other);
}

function dayOf(name: string): number | undefined {
  const found = DAY_NAMES.findIndex((known) => name.length >= 2 && known.startsWith(name));
  return found === -1 ? undefined : found + 1;
}

/** `Mon–Fri`, `Sat, Sun`, `every day` */
export function formatDays(days: readonly number[]): string {
  if (days.length === 7) return 'every day';
  const runs: { from: number; to: number }[] = [];
  for (const day of days.toSorted((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last !== undefined && last.to === day - 1) last.to = day;
    else runs.push({ from: day, to: day });
  }
  const name = (day: number) => SHORT_DAYS[day - 1] ?? String(day);
  return runs
    .map(({ from, to }) => {
      if (from === to) return name(from);
      return to === from + 1 ? `${name(from)}, ${name(to)}` : `${name(from)}-${name(to)}`;
    })
    .join(', ');
}
