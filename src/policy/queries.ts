import { type RawBuilder, sql } from 'kysely';
import type { OfRouter, Policy, Router } from '../database/models.ts';
import { PREPARED } from '../database/prepared.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { NotFoundError } from '../errors.ts';

/** A policy, and what its routes need to know of its router. */
export type RouterPolicy = Policy &
  Pick<Router, 'router_ip' | 'is_active' | 'is_connected' | 'last_seen'>;

/** The policy of a router. Throws NotFoundError if the user does not have the router. */
export function findPolicy(transaction: TenantTransaction, key: OfRouter): Promise<RouterPolicy> {
  return readPolicy(transaction, key, sql``);
}

/**
 * The same, with the policy locked until the transaction ends. Every change of mode, rates, lists or blocks
 * begins with this, so that changes follow one another. Throws NotFoundError.
 */
export function lockPolicy(transaction: TenantTransaction, key: OfRouter): Promise<RouterPolicy> {
  return readPolicy(transaction, key, sql`for update of policy`);
}

async function readPolicy(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  lock: RawBuilder<unknown>,
): Promise<RouterPolicy> {
  const { rows } = await sql<RouterPolicy>`${PREPARED}
    select policy.user_id, policy.router_id, policy.mode, policy.whitelist_limit_rate, policy.whitelist_full_rate,
      policy.blacklist_limit_rate, policy.blacklist_full_rate, policy.policy_revision, policy.applied_revision, policy.applied_at,
      policy.refused_revision, policy.refused_reason, policy.refused_lines, policy.pending_since, policy.updated_at,
      router.router_ip, router.is_active, router.is_connected, router.last_seen
    from router_policies policy join user_routers router using (user_id, router_id)
    where policy.user_id = ${user_id} and policy.router_id = ${router_id} ${lock}`.execute(
    transaction,
  );
  const [row] = rows;
  if (row === undefined) throw new NotFoundError('router', router_id);
  return row;
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
