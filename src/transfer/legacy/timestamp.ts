/** Microseconds since 1970-01-01T00:00:00Z. Exact as a JavaScript number until the year 2255. */
export type Microseconds = number;

const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;
const DAY_MS = 86_400_000;
/** No zone changes its offset within a quarter of an hour (IANA database, since 1970). */
const QUARTER_MS = 900_000;

/**
 * Makes a reader of the old program's dates: `2025-06-06T12:16:45.013710`, with a space for the `T`,
 * without a fraction, and with `Z` or an offset at the end. One without zone is local time in
 * `timezone` (IANA). A time that happened twice, when clocks went back, is the first of the two; one
 * that never was, when they went forward, is read with the offset before the change (both as
 * RFC 5545, 3.3.5 has it). The reader gives undefined for what is no date; digits after the
 * microseconds are dropped.
 */
export function createDateReader(timezone: string): (text: string) => Microseconds | undefined {
  const localToUtc = createLocalToUtc(timezone);
  return (text) => {
    const second = readSecond(text);
    if (second === undefined) return undefined;
    const fraction = readFraction(text);
    if (fraction === undefined) return undefined;
    const zone = text.slice(fraction.end);
    const offset = zone === '' ? undefined : readOffset(zone);
    if (zone !== '' && offset === undefined) return undefined;
    const utc = offset === undefined ? localToUtc(second) : second - offset;
    return utc < 0 ? undefined : utc * 1_000 + fraction.microseconds;
  };
}

/** The date and time down to the second, as milliseconds, as if it were UTC. */
function readSecond(text: string): number | undefined {
  const separator = text.charCodeAt(10) | 32;
  if (
    text.charCodeAt(4) !== 45 ||
    text.charCodeAt(7) !== 45 ||
    (separator !== 116 && separator !== 32) ||
    text.charCodeAt(13) !== 58 ||
    text.charCodeAt(16) !== 58
  ) {
    return undefined;
  }
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12)) return undefined;
  if (!(day >= 1 && day <= daysIn(year, month))) return undefined;
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Digits as a number; NaN, which no comparison lets through, where there is something else. */
function digits(text: string, start: number, end: number): number {
  let number = 0;
  for (let index = start; index < end; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function readFraction(text: string): { microseconds: number; end: number } | undefined {
  if (text.charCodeAt(19) !== 46) return { microseconds: 0, end: 19 };
  let end = 20;
  let microseconds = 0;
  for (; isDigit(text.charCodeAt(end)); end += 1) {
    if (end < 26) microseconds = microseconds * 10 + text.charCodeAt(end) - 48;
  }
  if (end === 20 || end > 29) return undefined;
  return { microseconds: microseconds * 10 ** Math.max(0, 26 - end), end };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** `Z`, `+02`, `+0200` or `+02:00` as milliseconds east of UTC. */
function readOffset(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0;
  const match = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(zone);
  if (match === null) return undefined;
  const [, sign, hours, minutes = '0'] = match;
  const east = (Number(hours) * 60 + Number(minutes)) * 60_000;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return sign === '-' ? -east : east;
}

function createLocalToUtc(timezone: string): (local: number) => number {
  if (timezone === 'UTC') return (local) => local;
  const offsetAt = createOffsetAt(timezone);
  const known = new Map<number, number>();
  return (local) => {
    const quarter = Math.floor(local / QUARTER_MS);
    let offset = known.get(quarter);
    if (offset === undefined) {
      offset = offsetOfLocal(quarter * QUARTER_MS, offsetAt);
      known.set(quarter, offset);
    }
    return local - offset;
  };
}

function offsetOfLocal(local: number, offsetAt: (utc: number) => number): number {
  const before = offsetAt(local - DAY_MS);
  if (offsetAt(local - before) === before) return before;
  const after = offsetAt(local + DAY_MS);
  return offsetAt(local - after) === after ? after : before;
}

/** How far a zone is ahead of UTC, in milliseconds, at a moment. */
function createOffsetAt(timezone: string): (utc: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' });
  return (utc) => {
    const name = format.formatToParts(utc).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return readOffset(name.replace('GMT', '')) ?? 0;
  };
}

/** Whether the IANA database has a zone of this name. */
export function isTimezone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).format(0) !== '';
  } catch {
    return false;
  }
}
