/** What a device gets in the next weeks: what holds always, and windows in which something else does. Pure. */
import { changesOf } from '../access/access-at.ts';
import { decideAsAlways } from '../access/decide.ts';
import type { Situation } from '../access/situation.ts';
import type { AccessHome, AccessRule, Decision, WeeklyWindow } from '../access/types.ts';
import { DAY, zoneOf } from '../access/wall-clock.ts';
import { type Span, spansOf } from '../access/weekly.ts';
import type { Rates } from './document.ts';

const WEEK = 7 * DAY;
/** How far ahead windows are said, counted from the beginning of a day. */
const AHEAD = 15 * DAY;
/** What begins or ends by itself within so many days is said, however far ahead that is. */
const FARTHEST = 61 * DAY;
/** The last instant that a document can name: never. */
const NEVER = 99_999_999_999;

export const OPEN: Rates = { down: null, up: null };
export const BLOCKED: Rates = { down: 0, up: 0 };

/** Rates that hold in place of the steady ones. */
export type Timed = { rates: Rates; spans: Span[]; isOnce: boolean };

/** At any instant at most one of `timed` is open, but for blocks, which outweigh the rest. */
export type Course = { steady: Rates; timed: Timed[] };

/**
 * From when until when a document has windows. All of a day are the same, so that nothing changes for nothing. The last week is one in
 * which nothing happens that does not repeat: an exception that lets something through makes a hole into windows.
 */
export function periodOf({ rules }: AccessHome, instant: number): Span {
  const today = Math.floor(instant / DAY) * DAY;
  const ends = rules.flatMap(({ kind, access, from, until }) => {
    if (kind === 'schedule') return [from];
    return kind === 'exception' && access !== 'block' && until !== null ? [until] : [];
  });
  const to = ends
    .filter((at) => at > instant && at <= instant + FARTHEST)
    .reduce((latest, at) => Math.max(latest, at + WEEK), today + AHEAD);
  return { from: today - DAY, to };
}

/**
 * What a device gets that is neither the router nor blocked by hand.
 * @param period from periodOf()
 */
export function courseOf(situation: Situation, period: Span, instant: number): Course {
  const pauses = situation.pauses.map(spanOf);
  if (pauses.some(({ from, to }) => from <= instant && to === NEVER))
    return { steady: BLOCKED, timed: [] };
  const exceptions = segmentsOf(situation.exceptions);
  const [blocks, open] = [true, false].map((wanted) =>
    exceptions.filter(({ rates }) => isSameRates(rates, BLOCKED) === wanted),
  );
  const steady = ratesOf(decideAsAlways(situation, instant, () => false));
  return {
    steady,
    timed: [
      ...group(without(scheduled(situation, period, steady), open ?? []), false),
      ...group(
        (open ?? []).filter(({ rates }) => !isSameRates(rates, steady)),
        true,
      ),
      ...group(
        [...pauses, ...(blocks ?? [])].map((span) => ({ ...span, rates: BLOCKED })),
        true,
      ),
    ],
  };
}

export function isSameRates(one: Rates, other: Rates): boolean {
  return one.down === other.down && one.up === other.up;
}

export function ratesOf({ down_rate, up_rate }: Decision): Rates {
  return { down: down_rate, up: up_rate };
}

type Segment = Span & { rates: Rates };

/** What rules that speak at times say in place of the steady rates. */
function scheduled(situation: Situation, period: Span, steady: Rates): Segment[] {
  const edges = [period.from, ...changesOf(situation, period), period.to];
  const zone = zoneOf(situation.zone);
  const open = new Map<readonly WeeklyWindow[], Span[]>();
  for (const { windows } of situation.schedules.flat())
    if (windows !== null) open.set(windows, spansOf(windows, zone, period));
  const segments = edges.slice(1).flatMap((to, place): Segment[] => {
    const from = edges[place] ?? to;
    const isOpen = (windows: readonly WeeklyWindow[]) =>
      (open.get(windows) ?? []).some((span) => span.from <= from && from < span.to);
    const rates = ratesOf(decideAsAlways(situation, from, isOpen));
    return from >= to || isSameRates(rates, steady) ? [] : [{ from, to, rates }];
  });
  return joined(segments);
}

/** Of exceptions the newest that holds at each instant; given the newest first. */
function segmentsOf(exceptions: readonly AccessRule[]): Segment[] {
  const spans = exceptions.map((rule) => ({ ...spanOf(rule), rates: ruleRates(rule) }));
  const edges = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  const segments = edges.slice(1).flatMap((to, place): Segment[] => {
    const from = edges[place] ?? to;
    const newest = spans.find((span) => span.from <= from && from < span.to);
    return newest === undefined ? [] : [{ from, to, rates: newest.rates }];
  });
  return joined(segments);
}

function ruleRates({ access, down_rate, up_rate }: AccessRule): Rates {
  if (access === 'block') return BLOCKED;
  return access === 'allow' ? OPEN : { down: down_rate, up: up_rate };
}

function spanOf({ from, until }: Pick<AccessRule, 'from' | 'until'>): Span {
  return { from, to: until ?? NEVER };
}

/** Those that follow one another with the same rates become one. */
function joined(segments: readonly Segment[]): Segment[] {
  const all: Segment[] = [];
  for (const segment of segments) {
    const last = all.at(-1);
    if (last?.to === segment.from && isSameRates(last.rates, segment.rates)) last.to = segment.to;
    else all.push({ ...segment });
  }
  return all;
}

/** What is left of segments outside of others. */
function without(segments: readonly Segment[], holes: readonly Span[]): Segment[] {
  return holes.reduce<Segment[]>(
    (left, hole) =>
      left.flatMap((segment) =>
        [
          { ...segment, to: Math.min(segment.to, hole.from) },
          { ...segment, from: Math.max(segment.from, hole.to) },
        ].filter(({ from, to }) => from < to),
      ),
    [...segments],
  );
}

function group(segments: readonly Segment[], isOnce: boolean): Timed[] {
  const groups = new Map<string, Timed>();
  for (const { from, to, rates } of segments) {
    const key = `${rates.down} ${rates.up}`;
    const found = groups.get(key) ?? { rates, spans: [], isOnce };
    found.spans.push({ from, to });
    groups.set(key, found);
  }
  return [...groups.values()];
}
