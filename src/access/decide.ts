/**
 * The only order in which things decide: the router itself → a manual block → a pause → an exception → a schedule → the
 * rule for new devices → the mode with its list → open.
 */
import type { Situation } from './situation.ts';
import type { AccessRule, Because, Decision, WeeklyWindow } from './types.ts';
import { zoneOf } from './wall-clock.ts';
import { isOpen } from './weekly.ts';

type Kind = Because['kind'];
type Rates = Pick<Decision, 'down_rate' | 'up_rate'>;

const NO_LIMIT: Rates = { down_rate: null, up_rate: null };

/** What holds at an instant. */
export function decide(situation: Situation, instant: number): Decision {
  if (situation.isRouter) return without('router', NO_LIMIT);
  if (situation.blockedSince !== null) return without('block', { down_rate: 0, up_rate: 0 });
  const pause = lastToEnd(situation.pauses.filter((rule) => isWithin(rule, instant)));
  if (pause !== undefined) return by(pause, pause);
  const exception = situation.exceptions.find((rule) => isWithin(rule, instant));
  if (exception !== undefined) return by(exception, exception);
  return decideAsAlways(situation, instant, (windows, zone) => isOpen(windows, zone, instant));
}

/**
 * What the rules say without pauses and exceptions.
 * @param isScheduled whether the weekly windows of a schedule are open
 */
export function decideAsAlways(
  situation: Situation,
  instant: number,
  isScheduled: (windows: readonly WeeklyWindow[], zone: string) => boolean,
): Decision {
  const zone = zoneOf(situation.zone);
  const speaks = (rule: AccessRule) =>
    isWithin(rule, instant) && (rule.windows === null || isScheduled(rule.windows, zone));
  for (const equallyNear of situation.schedules) {
    const said = mostRestrictive(equallyNear.filter(speaks));
    if (said !== undefined) return said;
  }
  if (situation.newDevice !== undefined) return by(situation.newDevice, situation.newDevice);
  const { modeRate } = situation;
  return without(modeRate === null ? 'none' : 'mode', { down_rate: modeRate, up_rate: modeRate });
}

/** The same as far as the device is concerned, whatever the reason. */
export function isSameAccess(one: Decision, other: Decision): boolean {
  return (
    one.access === other.access &&
    one.down_rate === other.down_rate &&
    one.up_rate === other.up_rate
  );
}

function isWithin({ from, until }: AccessRule, instant: number): boolean {
  return from <= instant && (until === null || instant < until);
}

/** A pause that somebody has to end comes last of all. */
function lastToEnd(pauses: readonly AccessRule[]): AccessRule | undefined {
  const end = ({ until }: AccessRule) => until ?? Number.POSITIVE_INFINITY;
  return pauses.reduce<AccessRule | undefined>(
    (last, pause) => (last === undefined || end(pause) > end(last) ? pause : last),
    undefined,
  );
}

/** A block, else the lowest limits, each direction by itself, else allow. */
function mostRestrictive(rules: readonly AccessRule[]): Decision | undefined {
  const block = rules.find((rule) => accessOf(rule) === 'block');
  if (block !== undefined) return by(block, block);
  const limits = rules.filter(({ access }) => access === 'limit');
  const [lowest = rules[0]] = limits.toSorted(
    (one, other) =>
      rank(one.down_rate) - rank(other.down_rate) || rank(one.up_rate) - rank(other.up_rate),
  );
  if (lowest === undefined) return undefined;
  return by(lowest, {
    access: lowest.access,
    down_rate: least(limits.map(({ down_rate }) => down_rate)),
    up_rate: least(limits.map(({ up_rate }) => up_rate)),
  });
}

/** No limit is more than any rate, and two of them are equal. */
function rank(rate: number | null): number {
  return rate ?? Number.MAX_VALUE;
}

function least(rates: readonly (number | null)[]): number | null {
  const lowest = rates.reduce<number>((one, rate) => Math.min(one, rank(rate)), Number.MAX_VALUE);
  return lowest === Number.MAX_VALUE ? null : lowest;
}

function by(
  { id, kind, name, target }: AccessRule,
  { access, ...rates }: Pick<AccessRule, 'access' | 'down_rate' | 'up_rate'>,
): Decision {
  const because = { kind, rule_id: id, name, target };
  if (access === 'block') return { access, down_rate: 0, up_rate: 0, because };
  if (access === 'allow') return { access, ...NO_LIMIT, because };
  return { ...ofRates({ down_rate: rates.down_rate, up_rate: rates.up_rate }), because };
}

function without(kind: Kind, rates: Rates): Decision {
  return { ...ofRates(rates), because: { kind, rule_id: null, name: null, target: null } };
}

function accessOf({ access, down_rate, up_rate }: AccessRule): Decision['access'] {
  return access === 'limit' ? ofRates({ down_rate, up_rate }).access : access;
}

/** Nothing in both directions is a block. */
function ofRates(rates: Rates): Omit<Decision, 'because'> {
  const { down_rate, up_rate } = rates;
  if (down_rate === 0 && up_rate === 0) return { access: 'block', ...rates };
  return { access: down_rate === null && up_rate === null ? 'allow' : 'limit', ...rates };
}
