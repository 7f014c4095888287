/** Gives a person more time: an exception, for which the pauses that outweigh it step aside. */
import { sql } from 'kysely';
import { accessOf, presentInstant } from '../access/answers.ts';
import { loadHome } from '../access/load-home.ts';
import type { Because } from '../access/types.ts';
import type { Sender } from '../api/actor.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { pick } from '../pick.ts';
import type { RouterDelivery } from '../policy/revision.ts';
import type { PersonOfHome } from './asks.ts';
import { deleteRule, insertRule, updateRule } from './changes.ts';
import { type Rule, findNames } from './queries.ts';
import { RULE_FIELDS, completeRule } from './rule-fields.ts';

/** A device that has no internet in spite of what was granted, and why. */
export type StillBlocked = {
  device_id: string;
  router_id: string;
  name: string;
  because: Because;
};

export type Grant = {
  rule_id: string;
  /** Of the person's devices, how many have internet now. */
  effect: 'all' | 'some' | 'none';
  still_blocked: StillBlocked[];
  /** The pauses that stepped aside, and when they go on; null: they would have ended by then. */
  pauses: { rule_id: string; name: string | null; target: string; resumes_at: string | null }[];
  deliveries: RouterDelivery[];
};

/**
 * The home is locked by its caller. Pauses of the person and of their devices step aside, as who grants time to somebody means it.
 * @param now of the transaction
 * @param isForEverybody pauses of everyone and of networks step aside as well, which others have something of
 * @throws {QuotaExceededError}
 */
export async function grantTime(
  transaction: TenantTransaction,
  actor: Sender,
  person: PersonOfHome,
  { minutes, now, isForEverybody }: { minutes: number; now: string; isForEverybody: boolean },
): Promise<Grant> {
  const fields = completeRule(
    { kind: 'exception', person_id: person.person_id, access: 'allow', minutes },
    now,
  );
  const until = fields.until_at ?? now;
  const pauses: Grant['pauses'] = [];
  for (const pause of await listPauses(transaction, person, { until, isForEverybody })) {
    const resumes_at = await putOff(transaction, actor, pause, until);
    pauses.push({ ...pick(pause, ['name', 'target']), rule_id: pause.id, resumes_at });
  }
  const { rule, deliveries } = await insertRule(transaction, actor, person, fields);
  const { count, still_blocked } = await findStillBlocked(transaction, person);
  const isNone = still_blocked.length === count;
  return {
    rule_id: rule.id,
    effect: isNone ? 'none' : still_blocked.length === 0 ? 'all' : 'some',
    still_blocked,
    pauses,
    deliveries,
  };
}

/** Those that would hold before an instant. */
async function listPauses(
  transaction: TenantTransaction,
  { user_id, home_id, person_id }: PersonOfHome,
  { until, isForEverybody }: { until: string; isForEverybody: boolean },
): Promise<Rule[]> {
  const { rows } = await sql<Rule>`
    select rule.* from access_rules rule
    where user_id = ${user_id} and home_id = ${home_id} and kind = 'pause' and is_active
      and from_at < ${until} and coalesce(until_at, 'infinity') > now()
      and (person_id = ${person_id} or ${isForEverybody} and target in ('everyone', 'network') or exists (
        select from user_devices d join user_devices whole on whole.user_id = d.user_id and whole.id = coalesce(d.shown_as, d.id)
        where d.user_id = rule.user_id and d.id = rule.device_id and whole.person_id = ${person_id}))
    order by id`.execute(transaction);
  return rows;
}

/** A pause goes on at an instant; one that would have ended by then ends. */
async function putOff(
  transaction: TenantTransaction,
  actor: Sender,
  pause: Rule,
  until: string,
): Promise<string | null> {
  const before = pick(pause, RULE_FIELDS);
  if (pause.until_at !== null && Date.parse(pause.until_at) <= Date.parse(until)) {
    await deleteRule(transaction, actor, pause, before);
    return null;
  }
  const after = { ...before, from_at: until };
  const { rule } = await updateRule(transaction, actor, pause, before, after);
  return rule.from_at;
}

async function findStillBlocked(
  transaction: TenantTransaction,
  { user_id, home_id, person_id }: PersonOfHome,
): Promise<{ count: number; still_blocked: StillBlocked[] }> {
  const { rows } = await sql<{ id: string }>`
    select id from user_devices
    where user_id = ${user_id} and person_id = ${person_id} and shown_as is null`.execute(
    transaction,
  );
  const ids = rows.map(({ id }) => id);
  const loaded = await loadHome(transaction, { user_id, home_id, device_ids: ids });
  const names = await findNames(transaction, user_id, ids);
  const instant = presentInstant();
  const blocked = loaded.devices.flatMap((device): StillBlocked[] => {
    const { access, because } = accessOf(loaded, device, instant);
    if (access !== 'block') return [];
    const { id, router_id } = device;
    return [{ device_id: id, router_id, name: names.get(id) ?? id, because }];
  });
  const still_blocked = blocked.toSorted((one, other) => one.name.localeCompare(other.name));
  return { count: loaded.devices.length, still_blocked };
}
