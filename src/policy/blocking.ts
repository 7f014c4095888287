/** Blocking and unblocking a device, whoever asks for it: the block, the raised revision and the audit as one. */
import type { Actor } from '../api/actor.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { Block, Router } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { endBlocks, insertBlock } from './blocks.ts';
import { type Delivery, raiseRevision } from './revision.ts';
import type { Target } from './target.ts';

/** Blocks a device. Throws ConflictError, naming the block, where it is blocked already. */
export async function startBlock(
  transaction: TenantTransaction,
  actor: Actor,
  router: Router,
  target: Target,
): Promise<{ block: Block; delivery: Delivery }> {
  const block = await insertBlock(transaction, router, target);
  const delivery = await raiseRevision(transaction, actor.userId, router.router_id);
  await recordAudit(transaction, actor, {
    action: 'block.started',
    routerId: router.router_id,
    subjectId: block.id,
    details: target,
  });
  return { block, delivery };
}

/** Ends a block that is active, and any other of the same device. */
export async function stopBlock(
  transaction: TenantTransaction,
  actor: Actor,
  block: Block,
): Promise<Delivery> {
  const ended = await endBlocks(transaction, block);
  const delivery = await raiseRevision(transaction, actor.userId, block.router_id);
  for (const { id, router_id, device_id, device_ip, device_mac, blocked_at } of ended)
    await recordAudit(transaction, actor, {
      action: 'block.ended',
      routerId: router_id,
      subjectId: id,
      details: { device_id, device_ip, device_mac, blocked_at },
    });
  return delivery;
}
