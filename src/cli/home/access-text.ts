import type { Device } from './devices.ts';
import { formatRate } from './rules.ts';
import { type Clock, formatTime } from './time.ts';

export type Access = Device['access'];

/** In a table: `yes`, `yes, until 21:00`, `no: Bedtime, until 07:00`, `slow: 5 Mbit/s down, by its mode` */
export function describeInternet(access: Access, clock: Clock): string {
  const until = access.until === null ? '' : `until ${formatTime(access.until, clock)}`;
  const reason = describeReason(access.because);
  if (access.access === 'allow') return ['yes', until].filter(Boolean).join(', ');
  const what = access.access === 'block' ? 'no' : `slow: ${describeRates(access)}`;
  const why = access.access === 'block' ? `: ${reason}` : `, ${reason}`;
  return [`${what}${why}`, until].filter(Boolean).join(', ');
}

/** In a sentence or two, with what comes next. */
export function explainAccess(access: Access, clock: Clock): string {
  const { since, next, because } = access;
  const now = describeInternet(access, clock);
  const allowed =
    access.access === 'allow' && because.kind === 'exception'
      ? ` (${describeReason(because)})`
      : '';
  const from =
    since === null || access.access === 'allow' ? '' : `, since ${formatTime(since, clock)}`;
  if (next === null) return `${now}${allowed}${from}`;
  const then = describeInternet({ ...next, since: null, until: null, next: null }, clock);
  const armed = next.is_armed ? 'its router knows' : 'its router does not know yet';
  return `${now}${allowed}${from}; then ${then} (${armed})`;
}

function describeRates({ down_rate, up_rate }: Access): string {
  const rates = [
    down_rate === null ? null : `${formatRate(down_rate)} down`,
    up_rate === null ? null : `${formatRate(up_rate)} up`,
  ];
  return rates.filter((rate) => rate !== null).join(', ');
}

/** Why, in a few words: the name of the rule, if it has one, or `blocked by hand`. */
export function describeReason({ kind, name, target }: Access['because']): string {
  if (name !== null) return name;
  return kind === 'pause' && target === 'everyone' ? 'everyone is paused' : REASONS[kind];
}

const REASONS: Record<Access['because']['kind'], string> = {
  router: 'it is the router',
  block: 'blocked by hand',
  pause: 'paused',
  exception: 'an exception',
  schedule: 'a rule',
  new_device: 'new, not reviewed yet',
  mode: 'the mode of its router',
  none: 'nothing says so',
};
