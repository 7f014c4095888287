import { instantOf, wallTimeAt } from '../../homes/wall-time.ts';

/** A time when a device was online; without an end it still is. */
type Stay = { readonly online_at: string; readonly offline_at: string | null };

/** A local day: where it starts, the share of each of its parts that the device was here (digits 0 to 9), and how long. */
type DayHere = { start: number; digits: string; ms: number };

const PARTS = 48;
const FULL = 9;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The last local days of a home, the newest first. Stays of several network cards may overlap: one of them is enough.
 * Days before `since` are left out: nothing is known of them.
 */
export function daysHere(
  stays: readonly Stay[],
  { now, zone, days, since }: { now: number; zone: string; days: number; since: number },
): DayHere[] {
  const spans = join(stays, now);
  const starts = dayStarts(now, zone, days + 1);
  return starts.slice(1).flatMap((start, index) => {
    const end = starts[index] ?? now;
    if (end <= since) return [];
    return [dayOf(spans, start, end)];
  });
}

/** The beginnings of tomorrow, today, yesterday … */
function dayStarts(now: number, zone: string, count: number): number[] {
  const [today = ''] = wallTimeAt(now, zone).split('T');
  // Noon of a date in UTC: days of 23 and 25 hours do not lead to another date.
  const noon = Date.parse(`${today}T12:00Z`);
  return Array.from({ length: count }, (_, index) => {
    const date = new Date(noon + (1 - index) * DAY_MS).toISOString().slice(0, 10);
    return instantOf(`${date}T00:00`, zone);
  });
}

type Span = { from: number; until: number };

/** Stays as spans that do not overlap, in order. */
function join(stays: readonly Stay[], now: number): Span[] {
  const sorted = stays
    .map(({ online_at, offline_at }) => ({
      from: Date.parse(online_at),
      until: offline_at === null ? now : Date.parse(offline_at),
    }))
    .toSorted((one, other) => one.from - other.from);
  const joined: Span[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && span.from <= last.until)
      last.until = Math.max(last.until, span.until);
    else joined.push({ ...span });
  }
  return joined;
}

function dayOf(spans: readonly Span[], start: number, end: number): DayHere {
  const part = (end - start) / PARTS;
  const digits = Array.from({ length: PARTS }, (_, index) => {
    const share = within(spans, start + index * part, start + (index + 1) * part) / part;
    // A short visit must be seen.
    return share > 0 ? Math.max(1, Math.round(share * FULL)) : 0;
  });
  return { start, digits: digits.join(''), ms: within(spans, start, end) };
}

function within(spans: readonly Span[], from: number, until: number): number {
  return spans.reduce(
    (sum, span) => sum + Math.max(0, Math.min(span.until, until) - Math.max(span.from, from)),
    0,
  );
}
