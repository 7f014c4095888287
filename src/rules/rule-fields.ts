/** What a person decides of a rule, from what a request says and what is stored. Pure. */
import { type FieldError, InvalidInputError } from '../errors.ts';
import type { Window } from './schema.ts';
import { MOST_DAYS_AHEAD, type RuleAddition, type RuleChange } from './schema.ts';

/** The columns of access_rules that a person decides. */
export type RuleFields = {
  kind: string;
  name: string | null;
  target: string;
  person_id: string | null;
  device_id: string | null;
  network: string | null;
  router_id: string | null;
  access: string;
  down_rate: number | null;
  up_rate: number | null;
  from_at: string;
  until_at: string | null;
  windows: Window[] | null;
  is_active: boolean;
};
export const RULE_FIELDS = [
  'kind',
  'name',
  'target',
  'person_id',
  'device_id',
  'network',
  'router_id',
  'access',
  'down_rate',
  'up_rate',
  'from_at',
  'until_at',
  'windows',
  'is_active',
] as const satisfies readonly (keyof RuleFields)[];

/** The column that names what a target is about; `everyone` has none. */
const REFERENCES = { person: 'person_id', device: 'device_id', network: 'network' } as const;
type Reference = (typeof REFERENCES)[keyof typeof REFERENCES];

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * The rule that a request asks for.
 * @param now the time of the transaction
 * @throws {InvalidInputError} with each field that does not fit
 */
export function completeRule(addition: RuleAddition, now: string): RuleFields {
  return fieldsOf(addition.kind, addition, undefined, now);
}

/** The same of a rule that is stored and of a change: what is absent stays. */
export function changeRule(before: RuleFields, change: RuleChange, now: string): RuleFields {
  return fieldsOf(before.kind, change, before, now);
}

function fieldsOf(
  kind: string,
  given: RuleChange,
  before: RuleFields | undefined,
  now: string,
): RuleFields {
  const wrong: FieldError[] = [];
  const refuse = (field: keyof RuleChange, expected: string): void => {
    const value = given[field];
    wrong.push({ field, expected, ...(value !== undefined && { value }) });
  };
  const fields = {
    kind,
    name: given.name === undefined ? (before?.name ?? null) : given.name,
    ...targetOf(kind, given, before, refuse),
    ...accessOf(kind, given, before, refuse),
    ...spanOf(kind, given, before, now, refuse),
    windows: windowsOf(kind, given, before, refuse),
    is_active: given.is_active ?? before?.is_active ?? true,
  };
  if (wrong.length > 0) throw new InvalidInputError(wrong);
  return fields;
}

type Refuse = (field: keyof RuleChange, expected: string) => void;

function targetOf(
  kind: string,
  given: RuleChange,
  before: RuleFields | undefined,
  refuse: Refuse,
): Pick<RuleFields, 'target' | 'router_id' | Reference> {
  const isGiven = (reference: Reference) => (given[reference] ?? null) !== null;
  const [named] = Object.entries(REFERENCES).flatMap(([target, reference]) =>
    isGiven(reference) ? [target] : [],
  );
  const target = given.target ?? named ?? before?.target ?? '';
  if (target === '')
    refuse('target', 'person_id, device_id or network; or `everyone`, for all devices of the home');
  if (kind === 'new_device' && (target === 'person' || target === 'device'))
    refuse('target', '`everyone` or `network`: new devices are nobody’s');
  const isKept = target === before?.target;
  const read = (of: string, reference: Reference): string | null => {
    if (of !== target) {
      if (isGiven(reference)) refuse(reference, `no value, as the target is ${target}`);
      return null;
    }
    const value = given[reference] === undefined && isKept ? before[reference] : given[reference];
    if (value === undefined || value === null)
      refuse(reference, `a value, as the target is ${target}`);
    return value ?? null;
  };
  if (target !== 'network' && (given.router_id ?? null) !== null)
    refuse('router_id', 'no value: only a network is on one router or on all');
  const router = given.router_id === undefined && isKept ? before.router_id : given.router_id;
  return {
    target,
    person_id: read('person', REFERENCES.person),
    device_id: read('device', REFERENCES.device),
    network: read('network', REFERENCES.network),
    router_id: target === 'network' ? (router ?? null) : null,
  };
}

function accessOf(
  kind: string,
  given: RuleChange,
  before: RuleFields | undefined,
  refuse: Refuse,
): Pick<RuleFields, 'access' | 'down_rate' | 'up_rate'> {
  const access = given.access ?? before?.access ?? (kind === 'pause' ? 'block' : '');
  if (access === '') refuse('access', 'allow, limit or block');
  if (kind === 'pause' && access !== 'block')
    refuse('access', '`block`: for anything else make an exception');
  const isLimit = access === 'limit';
  const read = (field: 'down_rate' | 'up_rate'): number | null => {
    if (!isLimit && (given[field] ?? null) !== null)
      refuse(field, 'no value: only `limit` has rates');
    if (!isLimit) return null;
    return given[field] === undefined ? (before?.[field] ?? null) : given[field];
  };
  const rates = { down_rate: read('down_rate'), up_rate: read('up_rate') };
  if (isLimit && rates.down_rate === null && rates.up_rate === null)
    refuse('down_rate', 'a rate for at least one direction, as the access is `limit`');
  return { access, ...rates };
}

/** From when until when: only a pause and an exception say it. */
function spanOf(
  kind: string,
  given: RuleChange,
  before: RuleFields | undefined,
  now: string,
  refuse: Refuse,
): Pick<RuleFields, 'from_at' | 'until_at'> {
  const { from_at = before?.from_at ?? now, minutes } = given;
  if (kind !== 'pause' && kind !== 'exception') {
    for (const field of ['from_at', 'until_at', 'minutes'] as const)
      if ((given[field] ?? null) !== null)
        refuse(field, 'no value: only a pause and an exception begin and end');
    return { from_at, until_at: null };
  }
  const present = Date.parse(now);
  const latest = present + MOST_DAYS_AHEAD * DAY_MS;
  const isTooLate = (at: string) => Date.parse(at) > latest;
  if (minutes !== undefined && given.until_at !== undefined)
    refuse('minutes', 'either minutes or until_at');
  const asked =
    minutes === undefined
      ? given.until_at
      : new Date(Math.max(present, Date.parse(from_at)) + minutes * MINUTE_MS).toISOString();
  const until_at = asked === undefined ? (before?.until_at ?? null) : asked;
  const field = minutes === undefined ? 'until_at' : 'minutes';
  if (given.from_at !== undefined && isTooLate(from_at))
    refuse('from_at', `a time within the next ${MOST_DAYS_AHEAD} days`);
  if (until_at === null) {
    if (kind === 'exception') refuse('until_at', 'when it ends: until_at or minutes');
  } else if (Date.parse(until_at) <= Date.parse(from_at)) refuse(field, 'a time after from_at');
  else if (asked !== undefined && Date.parse(until_at) <= present)
    refuse(field, 'a time that is not over yet');
  else if (asked !== undefined && isTooLate(until_at))
    refuse(field, `a time within the next ${MOST_DAYS_AHEAD} days`);
  return { from_at, until_at };
}

function windowsOf(
  kind: string,
  given: RuleChange,
  before: RuleFields | undefined,
  refuse: Refuse,
): Window[] | null {
  if (kind !== 'schedule' && (given.windows ?? null) !== null)
    refuse('windows', 'no value: only a schedule has windows');
  return given.windows === undefined ? (before?.windows ?? null) : given.windows;
}
