/** Blocking and unblocking a device, for every caller: the block, the raised revision and the audit in one. */
import type { Actor } from '../api/actor.ts';
import { insertAudit, recordAudit } from '../activity/record-audit.ts';
import { type SqlBool, sql } from 'kysely';
import { type Block, type OfRouter, type Router, blocksOf } from '../database/models.ts';
import { QUOTAS } from '../database/quotas.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { pick } from '../pick.ts';
import { ConflictError, NotFoundError, QuotaExceededError } from '../errors.ts';
import { endBlocks, findBlock, forgetOldBlocks } from './blocks.ts';
import {
  type Delivery,
  WRITTEN,
  type Written,
  raiseRevision,
  raisingOne,
  readWritten,
} from './revision.ts';
import { type Behind, refuseSharedMac } from './shared-mac.ts';
import {
  type DeviceReference,
  type ResolvedTarget,
  TARGET_COLUMNS,
  type TargetRow,
  isFor,
  namesOf,
  readTarget,
  refuseRouterItself,
} from './target.ts';

/** What a block needs to know, with the policy and the number of blocks locked until the transaction ends. */
export type PreparedBlock = ResolvedTarget & {
  router: OfRouter & Pick<Router, 'router_ip'>;
  /** All who share one of its MACs. */
  behind: Behind[];
  /** The block that it has already. */
  present: string | null;
  used: number;
};

/** Finds out all that decides on a block, in one round trip. Throws like `resolveTarget`, and NotFoundError for the router. */
export async function prepareBlock(
  transaction: TenantTransaction,
  key: OfRouter,
  reference: DeviceReference,
): Promise<PreparedBlock> {
  const { rows } = await sql<
    TargetRow & Pick<Router, 'router_ip'> & Pick<PreparedBlock, 'behind' | 'present' | 'used'>
  >`
    select * from prepare_block(${key.user_id}, ${key.router_id}, ${namesOf(reference)})`.execute(
    transaction,
  );
  const [row] = rows;
  if (row === undefined) throw new NotFoundError('router', key.router_id);
  const { router_ip, behind, present, used } = row;
  const { user_id, router_id } = key;
  return {
    ...readTarget(row, reference),
    router: { user_id, router_id, router_ip },
    behind,
    present,
    used,
  };
}

/** Blocks a device, in one round trip. Throws ConflictError, naming the block, if it is already blocked, and QuotaExceededError. */
export async function startBlock(
  transaction: TenantTransaction,
  actor: Actor,
  { router: { user_id, router_id }, target, present, used }: PreparedBlock,
): Promise<{ block: Block; delivery: Delivery }> {
  if (present !== null)
    throw new ConflictError(`This device is already blocked, by block ${present}.`);
  if (used >= QUOTAS.blocks) throw new QuotaExceededError('blocks', QUOTAS.blocks, used);
  const { device_id, device_ip, device_mac } = target;
  const subject = { id: sql`(select id from block)`, router_id };
  const { rows } = await sql<Block & Written>`
    with block as (
      insert into user_blocked_devices (user_id, router_id, device_id, device_ip, device_mac, block_type)
      values (${user_id}, ${router_id}, ${device_id}, ${device_ip}, ${device_mac}, 'manual')
      returning *
    ), raised as (
      ${raisingOne({ user_id, router_id })}
    ), audit as (
      ${insertAudit(actor, 'block.started', subject, target)} returning id
    )
    select block.*, ${WRITTEN} from block`.execute(transaction);
  const [row] = rows;
  if (row === undefined) throw new Error('the insert of a block returned no row');
  const { written, states, ...block } = row;
  const [raised] = readWritten({ written, states });
  if (raised === undefined) throw new NotFoundError('router', router_id);
  return { block, delivery: raised.delivery };
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
  const prepared = await prepareBlock(transaction, key, { device_ip: ip });
  if (blocked) {
    refuseRouterItself(prepared, prepared.router, 'blocked');
    if (prepared.present !== null) return;
    refuseSharedMac(prepared);
    await startBlock(transaction, actor, prepared);
    return;
  }
  const active = blocksOf(transaction, key).where('is_active', '=', true);
  const isSameDevice = isFor(actor.userId, prepared.target);
  const isAddress = sql<SqlBool>`(device_mac is null and device_ip = ${prepared.target.device_ip})`;
  const ending = await active.where((row) => row.or([isSameDevice, isAddress])).execute();
  for (const block of ending)
    // It may have ended with another block of the same device.
    if ((await findBlock(transaction, block)).is_active) await stopBlock(transaction, actor, block);
}
