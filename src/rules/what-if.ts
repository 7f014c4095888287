/** A home as it would be with another rule. Pure. */
import type { LoadedHomes } from '../access/load-home.ts';
import type { AccessHome, AccessRule } from '../access/types.ts';
import { ConflictError } from '../errors.ts';
import type { RuleFields } from './rule-fields.ts';

/** Stands for the id of a rule that is not stored yet. */
export const NEW_RULE = '00000000-0000-0000-0000-000000000000';

/**
 * @param id of the rule; one that the home does not have is the newest
 * @param fields undefined: without the rule
 */
export function withRule(
  loaded: LoadedHomes,
  homeId: string,
  id: string,
  fields: RuleFields | undefined,
): LoadedHomes {
  const home = loaded.homes.get(homeId);
  if (home === undefined) return loaded;
  const rule = fields?.is_active === true ? [accessRuleOf(id, fields)] : [];
  const place = home.rules.findIndex((each) => each.id === id);
  const rules = place === -1 ? [...home.rules, ...rule] : home.rules.toSpliced(place, 1, ...rule);
  return { ...loaded, homes: new Map(loaded.homes).set(homeId, { ...home, rules }) };
}

/** As load_home() gives it: from the second that it begins in, to the next whole one. */
function accessRuleOf(id: string, fields: RuleFields): AccessRule {
  const { kind, target, access, from_at, until_at, ...rest } = fields;
  return {
    ...rest,
    id,
    kind: oneOf(['pause', 'exception', 'schedule', 'new_device'], kind),
    target: oneOf(['everyone', 'person', 'device', 'network'], target),
    access: oneOf(['allow', 'limit', 'block'], access),
    from: Math.floor(Date.parse(from_at) / 1_000),
    until: until_at === null ? null : Math.ceil(Date.parse(until_at) / 1_000),
  };
}

function oneOf<Value extends string>(values: readonly Value[], value: string): Value {
  const found = values.find((each) => each === value);
  if (found === undefined) throw new Error(`${value} is none of ${values.join(', ')}`);
  return found;
}

/** Throws ConflictError if nobody can say when 21:00 is. */
export function requireTimezone(
  { id, timezone }: Pick<AccessHome, 'id' | 'timezone'>,
  fields: RuleFields | undefined,
): void {
  if (timezone === null && (fields?.windows ?? null) !== null)
    throw new ConflictError(
      `This home has no time zone, so nobody can say when a window begins: set it with PATCH /api/v1/homes/${id}, such as {"timezone": "Europe/Berlin"}.`,
    );
}
