/** A wall time in a zone, as `datetime-local` fields have it: 2027-03-28T02:30. */
export type WallTime = string;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Making one takes a browser longer than using it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  formats.set(zone, format);
  return format;
}

/** The wall time of an instant in a zone. */
export function wallTimeAt(instant: number, zone: string): WallTime {
  const parts = formatIn(zone).formatToParts(instant);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/**
 * The instant of a wall time in a zone; NaN if it is none. A time that comes twice is the first, a time that is
 * skipped is so much later as the clock is put on: as the server does it.
 */
export function instantOf(wall: WallTime, zone: string): number {
  const utc = Date.parse(`${wall}Z`);
  if (Number.isNaN(utc)) return Number.NaN;
  const before = utc - offsetAt(utc - DAY_MS, zone);
  const after = utc - offsetAt(utc + DAY_MS, zone);
  return [before, after].find((instant) => wallTimeAt(instant, zone) === wall) ?? before;
}

/** By how much the clocks of a zone are ahead of UTC. */
function offsetAt(instant: number, zone: string): number {
  const minute = Math.floor(instant / 60_000) * 60_000;
  return Date.parse(`${wallTimeAt(minute, zone)}Z`) - minute;
}
