import { sql } from 'kysely';
import { type Actor, recordAudit } from '../audit/record.ts';
import type { OfRouter, Router } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { lockRouter, updateRouter } from '../routers/queries.ts';
import { revokeKeys } from './keys.ts';

/** Where the commands-server hears, in whatever process, of a router that is linked no more. */
export const UNLINKED_CHANNEL = 'netpilot_router_unlinked';

/**
 * Takes a router's key from it, for good. Once the transaction is committed, the commands-server that
 * holds its connection tells it `unlink` and drops it; a router that is away is told when it dials in.
 */
export async function revokeRouter(
  transaction: TenantTransaction,
  router: OfRouter,
): Promise<void> {
  await revokeKeys(transaction, router);
  const { user_id, router_id } = router;
  await sql`select pg_notify(${UNLINKED_CHANNEL}, ${JSON.stringify({ user_id, router_id })})`.execute(
    transaction,
  );
}

/** The same for every router of a user who is about to be deleted. */
export async function revokeRouters(transaction: TenantTransaction, userId: string): Promise<void> {
  const routers = await transaction
    .selectFrom('user_routers')
    .select(['user_id', 'router_id'])
    .where('user_id', '=', userId)
    .execute();
  for (const router of routers) await revokeRouter(transaction, router);
}

/**
 * Unlinks a router: its key is revoked at once, and it leaves its network as it was before. What is known
 * of it stays, for the day it is linked again. Throws NotFoundError where the user has no such router.
 */
export async function unlinkRouter(
  transaction: TenantTransaction,
  actor: Actor,
  routerId: string,
): Promise<Router> {
  const router = await lockRouter(transaction, actor.userId, routerId);
  if (!router.is_active) return router;
  await revokeRouter(transaction, router);
  await forgetApplied(transaction, router);
  await recordAudit(transaction, actor, {
    action: 'router.unlinked',
    routerId,
    subjectId: router.id,
  });
  return updateRouter(transaction, actor.userId, routerId, { is_active: false });
}

/** A router that was just linked or unlinked holds no policy, whatever it held before. */
export async function forgetApplied(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<void> {
  await transaction
    .updateTable('router_policies')
    .set({ applied_revision: 0, applied_at: null })
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id)
    .execute();
}
