/** Blocking and unblocking a device, for every caller: the block, the raised revision and the audit in one. */
import type { Actor } from '../api/actor.ts';
import { recordAudit } from '../activity/record-audit.ts';
import { type SqlBool, sql } from 'kysely';
import { type Block, type OfRouter, type Router, blocksOf } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { pick } from '../pick.ts';
import { endBlocks, findBlock, forgetOldBlocks, insertBlock } from './blocks.ts';
import { lockPolicy } from './queries.ts';
import { type Delivery, raiseRevision } from './revision.ts';
import { refuseSharedMac } from './shared-mac.ts';
import { TARGET_COLUMNS, type Target, isFor, refuseRouterItself, resolveTarget } from './target.ts';

/** Blocks a device. Throws ConflictError, naming the block, if it is already blocked. */
export async function startBlock(
  transaction: TenantTransaction,
  actor: Actor,
  router: Router,
  target: Target,
): Promise<{ block: Block; delivery: Delivery }> {
  const block = await insertBlock(transaction, router, target);
  const delivery = await raiseRevision(transaction, router);
  await recordAudit(transaction, actor, 'block.started', block, target);
  return { block, delivery };
}

/** Ends an active block, and all others of the same device. */
export async function stopBlock(
  transaction: TenantTransaction,
  actor: Actor,
  block: Block,
): Promise<Delivery> {
  const ended = await endBlocks(transaction, block);
  await forgetOldBlocks(transaction, block);
  const delivery = await raiseRevision(transaction, block);
  for (const each of ended) {
    const details = pick(each, [...TARGET_COLUMNS, 'blocked_at']);
    await recordAudit(transaction, actor, 'block.ended', each, details);
  }
  return delivery;
}

/**
 * Blocks the device at an address, or ends what blocks it, unless that is so already. For callers who may ask twice.
 * @throws {NotFoundError} no such router
 * @throws {ConflictError} the address is the router's own
 * @throws {SharedMacError} others share its MAC: nobody can be asked here
 */
export async function setBlocked(
  transaction: TenantTransaction,
  actor: Actor,
  key: OfRouter,
  ip: string,
  blocked: boolean,
): Promise<void> {
  const { router } = await lockPolicy(transaction, key);
  const resolved = await resolveTarget(transaction, router, { device_ip: ip });
  const active = blocksOf(transaction, key).where('is_active', '=', true);
  const isSameDevice = isFor(actor.userId, resolved.target);
  if (blocked) {
    refuseRouterItself(resolved, router, 'blocked');
    const present = await active.where(isSameDevice).executeTakeFirst();
    if (present === undefined) {
      await refuseSharedMac(transaction, router, resolved);
      await startBlock(transaction, actor, router, resolved.target);
    }
    return;
  }
  const isAddress = sql<SqlBool>`(device_mac is null and device_ip = ${resolved.target.device_ip})`;
  const ending = await active.where((row) => row.or([isSameDevice, isAddress])).execute();
  for (const block of ending)
    // It may have ended with another block of the same device.
    if ((await findBlock(transaction, block)).is_active) await stopBlock(transaction, actor, block);
}
