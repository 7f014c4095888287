const DATE = /^(\d{4}-\d\d-(\d\d))[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d(?::?\d\d)?)?$/i;
const DAY_MS = 86_400_000;
/** No zone changes its offset within a quarter of an hour (IANA database, since 1970). */
const QUARTER_MS = 900_000;

/**
 * Makes a reader of the old program's dates: `2025-06-06T12:16:45.013710`, with a space for the `T`,
 * without a fraction, and with `Z` or an offset at the end. A date without zone is local time in
 * `timezone` (IANA). A time that happened twice, when clocks went back, is the first of the two; one
 * that never was, when they went forward, is read with the offset before the change (both as
 * RFC 5545, 3.3.5 says). The reader gives the date in UTC, `2025-06-06T12:16:45.013710Z`, so that two of
 * them compare as texts; undefined for a text that is not a date. Digits after the microseconds are dropped.
 */
export function createDateReader(timezone: string): (text: string) => string | undefined {
  const localToUtc = createLocalToUtc(timezone);
  return (text) => {
    const match = DATE.exec(text);
    if (match === null) return undefined;
    const [, date = '', day = '', time = '', fraction = '', zone] = match;
    if (date < '1970' || date >= '2200') return undefined;
    const second = Date.parse(`${date}T${time}Z`);
    // February 30 and 24:00 are read as a later day.
    if (new Date(second).getUTCDate() !== Number(day)) return undefined;
    const offset = zone === undefined ? undefined : readOffset(zone);
    if (zone !== undefined && offset === undefined) return undefined;
    const utc = offset === undefined ? localToUtc(second) : second - offset;
    if (utc < 0) return undefined;
    return `${new Date(utc).toISOString().slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, '0')}Z`;
  };
}

/** `Z`, `+02`, `+0200` or `+02:00` as milliseconds east of UTC; undefined beyond 23:59. */
function readOffset(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', ''))];
  if (!(hours <= 23 && minutes <= 59)) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
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

/** How far a zone is ahead of UTC at a moment, in milliseconds. */
function createOffsetAt(timezone: string): (utc: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' });
  return (utc) => {
    const name = format.formatToParts(utc).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return readOffset(name.replace('GMT', '') || 'Z') ?? 0;
  };
}
