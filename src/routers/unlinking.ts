import type { Actor } from '../api/actor.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { OfRouter, Router } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { endOutage } from './health.ts';
import { lockRouter, updateRouter } from './queries.ts';
import { revokeKeys } from './keys.ts';

/**
 * Unlinks a router: its key is revoked at once, and it restores its network as it was before (the SQL function
 * `notify_router` notifies the Commands-Server). Its data stays, in case it is linked again.
 * Throws NotFoundError if the user does not have the router.
 */
export async function unlinkRouter(
  transaction: TenantTransaction,
  actor: Actor,
  routerId: string,
): Promise<Router> {
  const router = await lockRouter(transaction, { user_id: actor.userId, router_id: routerId });
  if (!router.is_active) return router;
  await revokeKeys(transaction, router);
  await forgetApplied(transaction, router);
  // It is not missed any more.
  await endOutage(transaction, router);
  await recordAudit(transaction, actor, 'router.unlinked', router);
  return updateRouter(transaction, router, { is_active: false });
}

/** Nothing counts as confirmed by the router until it confirms it again: it was just linked or unlinked, or has drifted. */
export async function forgetApplied(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<void> {
  await transaction
    .updateTable('router_policies')
    .set({ applied_revision: 0, applied_at: null })
    .where((row) => row.and({ user_id, router_id }))
    .where('applied_revision', '>', 0)
    .execute();
}

/** From now on the router is not dialled. */
export async function forgetDial(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
): Promise<void> {
  await transaction
    .deleteFrom('router_dials')
    .where((row) => row.and({ user_id, router_id }))
    .execute();
}
