import { type SqlBool, sql } from 'kysely';
import { type Block, type OfRouter, type Row, blocksOf } from '../database/models.ts';
import { QUOTAS } from '../database/quotas.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { type Sortable, isAfter, orderRows, selectSortValue, sortBy } from '../api/keyset.ts';
import type { Position } from '../api/page.ts';
import { NotFoundError } from '../errors.ts';
import { isOfDevice } from '../devices/parts.ts';

export const NEWEST_FIRST = sortBy('-blocked_at', 'timestamptz', sql`blocked_at`);

export type BlockFilter = { state: 'active' | 'ended' | 'all'; device_id?: string | undefined };

const STATES = { active: sql`is_active`, ended: sql`not is_active`, all: sql`true` };

/** One page of a router's blocks, and one row more than `limit` if there is a next page. */
export async function listBlocks(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  { state, device_id }: BlockFilter,
  { after, limit }: { after: Position | undefined; limit: number },
): Promise<(Block & Sortable)[]> {
  const { rows } = await sql<Block & Sortable>`
    select *, ${selectSortValue(NEWEST_FIRST)}
    from user_blocked_devices
    where user_id = ${user_id} and router_id = ${router_id} and ${STATES[state]}
      and ${device_id === undefined ? sql`true` : sql`device_id = ${device_id}`}
      and ${isAfter(NEWEST_FIRST, after)}
    order by ${orderRows(NEWEST_FIRST)}
    limit ${limit + 1}`.execute(transaction);
  return rows;
}

/** One block, active or ended. Throws NotFoundError if the router does not have it. */
export function findBlock(transaction: TenantTransaction, key: OfRouter & Row): Promise<Block> {
  return blocksOf(transaction, key)
    .where('id', '=', key.id)
    .executeTakeFirstOrThrow(() => new NotFoundError('block', key.id));
}

/** Of the blocks that have ended, the newest stay. */
export async function forgetOldBlocks(
  transaction: TenantTransaction,
  { user_id }: Pick<Block, 'user_id'>,
): Promise<void> {
  await sql`
    delete from user_blocked_devices where user_id = ${user_id} and id in (
      select id from user_blocked_devices where user_id = ${user_id} and not is_active
      order by unblocked_at desc, id offset ${QUOTAS.blocks})`.execute(transaction);
}

/**
 * Ends a block, and all others of the same device. Never before it began: another transaction can have started it
 * after this one began.
 */
export async function endBlocks(
  transaction: TenantTransaction,
  { user_id, router_id, id, device_id }: Block,
): Promise<Block[]> {
  return transaction
    .updateTable('user_blocked_devices')
    .set({ is_active: false, unblocked_at: sql`greatest(blocked_at, clock_timestamp())` })
    .where((row) => row.and({ user_id, router_id, is_active: true }))
    .where(device_id === null ? sql<SqlBool>`id = ${id}` : isOfDevice(user_id, device_id))
    .returningAll()
    .execute();
}
