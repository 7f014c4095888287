import type { Rule } from '../../api/home-queries.ts';
import type { RuleAddition } from '../../access/rule-writes.ts';
import { type WallTime, instantOf, wallTimeAt } from '../../homes/wall-time.ts';
import type { Window } from './week.ts';
import { parseMegabits, showMegabits } from './megabits.ts';

export type Target =
  | { target: 'everyone' }
  | { target: 'person'; person_id: string }
  | { target: 'device'; device_id: string }
  | { target: 'network'; network: string; router_id: string | null };

/** A rule as it is typed. */
export type Draft = {
  kind: Rule['kind'];
  name: string;
  target: Target;
  access: Rule['access'];
  /** Mbit/s, as typed; empty for full speed. */
  down: string;
  up: string;
  /** Of a schedule; none: always. */
  windows: readonly Window[];
  /** Of an exception or a pause, in the home's zone; empty: from now, until it is ended. */
  from: WallTime;
  until: WallTime;
};

/** Why a draft cannot be saved yet: names of texts. */
type Fault = 'rateWrong' | 'rateMissing' | 'noDays' | 'endWrong' | 'targetMissing';

/** The rule of a draft, or what is wrong with it. */
export function ruleOf(
  draft: Draft,
  zone: string,
  now: number,
): { rule: Omit<RuleAddition, 'kind'>; fault?: undefined } | { fault: Fault } {
  const rates = ratesOf(draft);
  if (typeof rates === 'string') return { fault: rates };
  if (targetIsMissing(draft.target)) return { fault: 'targetMissing' };
  const time = timeOf(draft, zone, now);
  if (typeof time === 'string') return { fault: time };
  const { kind, name, access, target } = draft;
  return {
    rule: {
      ...(kind !== 'pause' && kind !== 'new_device' && { name: name.trim() || null }),
      ...NO_TARGET,
      ...target,
      access,
      ...rates,
      ...time,
      // There is one for each target: to choose something for it switches it on.
      ...(kind === 'new_device' && { is_active: true }),
    },
  };
}

/** So that a change of the target takes the former one away. */
const NO_TARGET = { person_id: null, device_id: null, network: null, router_id: null };

function targetIsMissing(target: Target): boolean {
  return (
    (target.target === 'person' && target.person_id === '') ||
    (target.target === 'device' && target.device_id === '') ||
    (target.target === 'network' && target.network === '')
  );
}

function ratesOf({
  access,
  down,
  up,
}: Draft): Fault | { down_rate: number | null; up_rate: number | null } {
  if (access !== 'limit') return { down_rate: null, up_rate: null };
  const [down_rate, up_rate] = [parseMegabits(down), parseMegabits(up)];
  if (down_rate === undefined || up_rate === undefined) return 'rateWrong';
  if (down_rate === null && up_rate === null) return 'rateMissing';
  return { down_rate, up_rate };
}

function timeOf(
  { kind, windows, from, until }: Draft,
  zone: string,
  now: number,
): Fault | Pick<RuleAddition, 'windows' | 'from_at' | 'until_at'> {
  if (kind === 'new_device') return {};
  if (kind === 'schedule')
    return windows.some(({ days }) => days.length === 0)
      ? 'noDays'
      : { windows: windows.length === 0 ? null : [...windows] };
  const begin = from === '' ? now : instantOf(from, zone);
  const end = until === '' && kind === 'pause' ? Infinity : instantOf(until, zone);
  if (!(begin < end && now < end)) return 'endWrong';
  return {
    ...(from !== '' && { from_at: new Date(begin).toISOString() }),
    until_at: end === Infinity ? null : new Date(end).toISOString(),
  };
}

/** A rule as it can be edited. */
export function draftOf(rule: Rule, zone: string, decimal: string): Draft {
  const { kind, name, access, down_rate, up_rate, windows, from_at, until_at } = rule;
  const isOnce = kind === 'pause' || kind === 'exception';
  const wall = (at: string | null) => (at === null ? '' : wallTimeAt(Date.parse(at), zone));
  return {
    kind,
    name: name ?? '',
    target: targetOf(rule),
    access,
    down: showMegabits(down_rate, decimal),
    up: showMegabits(up_rate, decimal),
    windows: windows ?? [],
    from: isOnce ? wall(from_at) : '',
    until: isOnce ? wall(until_at) : '',
  };
}

function targetOf({ target, person_id, device_id, network, router_id }: Rule): Target {
  if (target === 'person') return { target, person_id: person_id ?? '' };
  if (target === 'device') return { target, device_id: device_id ?? '' };
  if (target === 'network') return { target, network: network ?? '', router_id };
  return { target };
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const SCHOOL_DAYS = [1, 2, 3, 4, 5];

/** What new rules start with. */
export const BEDTIME: Window = { days: EVERY_DAY, from: '21:00', to: '07:00' };
/** Later before a day without school. */
export const BEDTIME_WEEK: readonly Window[] = [
  { ...BEDTIME, days: [1, 2, 3, 4, 7] },
  { days: [5, 6], from: '22:00', to: '09:00' },
];
export const HOMEWORK: Window = { days: SCHOOL_DAYS, from: '14:00', to: '16:00' };

/** The same evening, as late as guests stay. */
export function lateEvening(until: WallTime): WallTime {
  return `${until.slice(0, 10)}T23:59`;
}

/** A new rule of a kind. An exception lasts until the evening is over. */
export function newDraft(kind: Rule['kind'], target: Target, zone: string, now: number): Draft {
  const tonight = (at: number) => `${wallTimeAt(at, zone).slice(0, 10)}T21:30`;
  const isLate = instantOf(tonight(now), zone) <= now;
  return {
    kind,
    name: '',
    target,
    access: kind === 'exception' ? 'allow' : 'block',
    down: '',
    up: '',
    windows: kind === 'schedule' ? [BEDTIME] : [],
    from: '',
    until: kind === 'exception' ? tonight(isLate ? now + 24 * 60 * 60 * 1000 : now) : '',
  };
}
