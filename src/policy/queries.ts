import { sql } from 'kysely';
import { type OfRouter, type Policy, type Router, policyOf } from '../database/models.ts';
import { PREPARED } from '../database/prepared.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';
import { findRouter } from '../routers/queries.ts';
import { RULES, type Rules } from './rules.ts';

/** A router and its policy. Throws NotFoundError if the user does not have the router. */
export async function findPolicy(
  transaction: TenantTransaction,
  key: OfRouter,
): Promise<{ router: Router; policy: Policy }> {
  const router = await findRouter(transaction, key);
  return {
    router,
    policy: await policyOf(transaction, key).executeTakeFirstOrThrow(notFound(key)),
  };
}

/**
 * The same, with the policy locked until the transaction ends. Every change of mode, rates, lists or blocks
 * begins with this, so that changes follow one another. Throws NotFoundError.
 */
export async function lockPolicy(
  transaction: TenantTransaction,
  key: OfRouter,
): Promise<{ router: Router; policy: Policy }> {
  const router = await findRouter(transaction, key);
  return {
    router,
    policy: await policyOf(transaction, key).forUpdate().executeTakeFirstOrThrow(notFound(key)),
  };
}

/**
 * Locks the policies of all routers of a home until the transaction ends, in the order in which they are always locked. What
 * changes devices of several routers begins with this: scans lock the policy before the devices too.
 */
export async function lockPolicies(
  transaction: TenantTransaction,
  { user_id, home_id }: { user_id: string; home_id: string },
): Promise<void> {
  await sql`
    select from router_policies policy
    where user_id = ${user_id} and router_id in (
      select router_id from user_routers where user_id = ${user_id} and home_id = ${home_id})
    order by router_id for update`.execute(transaction);
}

export async function updateRules(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  rules: Rules,
): Promise<void> {
  await sql`${PREPARED}
    update router_policies set ${sql.join(RULES.map((rule) => sql`${sql.ref(rule)} = ${rules[rule]}`))}
    where user_id = ${user_id} and router_id = ${router_id}`.execute(transaction);
}

/** A router without a policy has just been deleted: they are created and deleted together. */
function notFound({ router_id }: OfRouter) {
  return () => new NotFoundError('router', router_id);
}
