import type { Actor } from '../api/actor.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { OfRouter, OnConnection, Router } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { endOutage } from './health.ts';
import { isCounting } from './presence.ts';
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
  await forgetApplied(transaction, { user_id: router.user_id, router_id: routerId });
  // It is not missed any more.
  await endOutage(transaction, router);
  await recordAudit(transaction, actor, 'router.unlinked', router);
  return updateRouter(transaction, router, { is_active: false });
}

/**
 * Nothing counts as confirmed by the router until it confirms it again: it was just linked or unlinked, or has drifted. Does nothing if that was
 * seen on a connection that counts no more.
 */
export async function forgetApplied(
  transaction: TenantTransaction,
  { user_id, router_id, connection_id }: OnConnection,
): Promise<void> {
  const forgetting = transaction
    .updateTable('router_policies')
    .set({ applied_revision: 0, applied_at: null })
    .where((row) => row.and({ user_id, router_id }))
    .where('applied_revision', '>', 0);
  await (
    connection_id === undefined
      ? forgetting
      : forgetting.where(isCounting({ user_id, router_id, connection_id }))
  ).execute();
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
