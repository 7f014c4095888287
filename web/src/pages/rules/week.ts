/** What weekly rules say at each time of a week. Pure; times are minutes from midnight, as the clock shows them. */
import type { Rule } from '../../api/home-queries.ts';

const DAY_MINUTES = 24 * 60;
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** A time of the week, on some of its days. */
export type Window = NonNullable<Rule['windows']>[number];
type WeeklyRule = Pick<Rule, 'target' | 'access' | 'windows' | 'is_active'>;
/** A part of a day without internet, or with a slower one. */
export type Segment = { from: number; to: number; access: 'block' | 'limit' };
/** Monday first; the segments of a day in order. */
export type Week = readonly (readonly Segment[])[];

/** The nearest target decides, as the server has it. */
const NEAREST_FIRST = ['device', 'person', 'network', 'everyone'] as const;
const STRICTEST_FIRST = ['block', 'limit', 'allow'] as const;

/** What several rules together say: of those for the nearest target the strictest. */
export function weekOf(rules: readonly WeeklyRule[]): Week {
  const spoken = rules
    .filter(({ is_active }) => is_active)
    .map((rule) => ({ ...rule, days: DAYS.map((day) => spansOn(rule.windows, day)) }));
  return DAYS.map((_, index) => {
    const open = spoken.map(({ days, ...rule }) => ({ ...rule, spans: days[index] ?? [] }));
    const edges = new Set(open.flatMap(({ spans }) => spans.flat()));
    const times = [...edges].toSorted((one, other) => one - other);
    const segments: Segment[] = [];
    for (const [place, from] of times.entries()) {
      const to = times[place + 1];
      const access = accessAt(open, from);
      if (to === undefined || access === undefined || access === 'allow') continue;
      const last = segments.at(-1);
      if (last?.to === from && last.access === access) last.to = to;
      else segments.push({ from, to, access });
    }
    return segments;
  });
}

type Open = Pick<WeeklyRule, 'target' | 'access'> & { spans: readonly (readonly number[])[] };

function accessAt(rules: readonly Open[], minute: number): Rule['access'] | undefined {
  const speaking = rules.filter(({ spans }) =>
    spans.some(([from = 0, to = 0]) => from <= minute && minute < to),
  );
  for (const target of NEAREST_FIRST) {
    const near = speaking.filter((rule) => rule.target === target);
    const said = STRICTEST_FIRST.find((access) => near.some((rule) => rule.access === access));
    if (said !== undefined) return said;
  }
  return undefined;
}

/** When windows are open on a day, also those that began the evening before; none: all day. */
function spansOn(windows: readonly Window[] | null, day: number): [from: number, to: number][] {
  if (windows === null) return [[0, DAY_MINUTES]];
  const before = day === 1 ? 7 : day - 1;
  return windows.flatMap(({ days, from, to }): [number, number][] => {
    const [begin, end] = [minuteOf(from), minuteOf(to)];
    const isOvernight = end <= begin;
    return [
      ...(days.includes(day) ? [pair(begin, isOvernight ? DAY_MINUTES : end)] : []),
      ...(isOvernight && end > 0 && days.includes(before) ? [pair(0, end)] : []),
    ];
  });
}

function pair(from: number, to: number): [number, number] {
  return [from, to];
}

/** `21:30`: 1290. */
function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** How many minutes of a week something restricts. */
export function minutesOf(week: Week): number {
  return week.flat().reduce((sum, { from, to }) => sum + to - from, 0);
}
