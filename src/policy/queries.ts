import { type OfRouter, type Policy, type Router, policyOf } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';
import { findRouter } from '../routers/queries.ts';

/** What a person decides in a policy. */
export type Rules = Pick<
  Policy,
  | 'mode'
  | 'whitelist_limit_rate'
  | 'whitelist_full_rate'
  | 'blacklist_limit_rate'
  | 'blacklist_full_rate'
>;

/** What decides whether a policy is applied, and why not. */
export type Standing = Pick<
  Policy,
  'policy_revision' | 'applied_revision' | 'refused_revision' | 'refused_reason'
> &
  Pick<Router, 'is_active' | 'last_seen' | 'is_connected'>;

/** A router and its policy. Throws NotFoundError where the user has no such router. */
export async function findPolicy(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<{ router: Router; policy: Policy }> {
  const router = await findRouter(transaction, user_id, router_id);
  return {
    router,
    policy: required(await policyOf(transaction, router).executeTakeFirst(), router),
  };
}

/**
 * The same, the policy locked until the transaction ends. Every change of what a router is to do begins
 * with this, so that they follow one another. Throws NotFoundError.
 */
export async function lockPolicy(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<{ router: Router; policy: Policy }> {
  const router = await findRouter(transaction, user_id, router_id);
  const policy = await policyOf(transaction, router).forUpdate().executeTakeFirst();
  return { router, policy: required(policy, router) };
}

export async function updateRules(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  rules: Rules,
): Promise<void> {
  await transaction
    .updateTable('router_policies')
    .set(rules)
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id)
    .execute();
}

/** Raises the revision by one; gives it with what is needed to tell where the router stands. */
export async function incrementRevision(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<Standing> {
  const row = await transaction
    .updateTable('router_policies as policy')
    .from('user_routers as router')
    .set(({ eb }) => ({ policy_revision: eb('policy.policy_revision', '+', 1) }))
    .whereRef('router.user_id', '=', 'policy.user_id')
    .whereRef('router.router_id', '=', 'policy.router_id')
    .where('policy.user_id', '=', user_id)
    .where('policy.router_id', '=', router_id)
    .returning(['policy.policy_revision', 'policy.applied_revision'])
    .returning(['policy.refused_revision', 'policy.refused_reason'])
    .returning(['router.is_active', 'router.last_seen', 'router.is_connected'])
    .executeTakeFirst();
  if (row === undefined) throw new NotFoundError('router', router_id);
  return row;
}

/** None is left only where the router was deleted a moment ago: they come and go together. */
function required(policy: Policy | undefined, { router_id }: Router): Policy {
  if (policy === undefined) throw new NotFoundError('router', router_id);
  return policy;
}
