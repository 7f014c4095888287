import { type SqlBool, sql } from 'kysely';
import { type Block, type OfRouter, type Row, blocksOf } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { type Placed, isAfter, orderRows, selectSortValue, sortBy } from '../api/keyset.ts';
import type { Position } from '../api/page.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import { namesPartOf } from '../devices/parts.ts';
import { type Target, isFor } from './target.ts';

export const NEWEST_FIRST = sortBy('-blocked_at', 'timestamptz', sql`blocked_at`);

export type BlockFilter = { state: 'active' | 'ended' | 'all'; device_id?: string | undefined };

const STATES = { active: sql`is_active`, ended: sql`not is_active`, all: sql`true` };

/** One page of a router's blocks, with one row more than `limit` where there is a next page. */
export async function listBlocks(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  { state, device_id }: BlockFilter,
  { after, limit }: { after: Position | undefined; limit: number },
): Promise<(Block & Placed)[]> {
  const { rows } = await sql<Block & Placed>`
    select *, ${selectSortValue(NEWEST_FIRST)}
    from user_blocked_devices
    where user_id = ${user_id} and router_id = ${router_id} and ${STATES[state]}
      and ${device_id === undefined ? sql`true` : sql`device_id = ${device_id}`}
      and ${isAfter(NEWEST_FIRST, after)}
    order by ${orderRows(NEWEST_FIRST)}
    limit ${limit + 1}`.execute(transaction);
  return rows;
}

/** One block, active or ended. Throws NotFoundError where the router has none of that id. */
export async function findBlock(
  transaction: TenantTransaction,
  key: OfRouter & Row,
): Promise<Block> {
  const block = await blocksOf(transaction, key).where('id', '=', key.id).executeTakeFirst();
  if (block === undefined) throw new NotFoundError('block', key.id);
  return block;
}

/** Blocks a device, under the policy's lock. Throws ConflictError, naming the block, where an active one is for it. */
export async function insertBlock(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  target: Target,
): Promise<Block> {
  const present = await blocksOf(transaction, { user_id, router_id })
    .where('is_active', '=', true)
    .where(isFor(user_id, target))
    .executeTakeFirst();
  if (present !== undefined)
    throw new ConflictError(`This device is blocked already, by block ${present.id}.`);
  return transaction
    .insertInto('user_blocked_devices')
    .values({ user_id, router_id, ...target, block_type: 'manual' })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * Ends a block, and any other of the same device. Never before it began: another transaction may have begun it after
 * this one started.
 */
export async function endBlocks(
  transaction: TenantTransaction,
  { user_id, router_id, id, device_id }: Block,
): Promise<Block[]> {
  return transaction
    .updateTable('user_blocked_devices')
    .set({ is_active: false, unblocked_at: sql`greatest(blocked_at, clock_timestamp())` })
    .where('user_id', '=', user_id)
    .where('router_id', '=', router_id)
    .where('is_active', '=', true)
    .where(device_id === null ? sql<SqlBool>`id = ${id}` : namesPartOf(user_id, device_id))
    .returningAll()
    .execute();
}
