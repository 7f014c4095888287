import { type OfRouter, type Policy, type Router, policyOf } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';
import { findRouter } from '../routers/queries.ts';
import type { Rules } from './rules.ts';

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

export async function updateRules(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  rules: Rules,
): Promise<void> {
  await transaction
    .updateTable('router_policies')
    .set(rules)
    .where((row) => row.and({ user_id, router_id }))
    .execute();
}

/** A router without a policy has just been deleted: they are created and deleted together. */
function notFound({ router_id }: OfRouter) {
  return () => new NotFoundError('router', router_id);
}
