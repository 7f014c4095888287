/**
 * Merging devices, because a person knows that they are one: the merged one is then shown as the other. Nothing of
 * either row is lost, so that it can be undone.
 */
import { sql } from 'kysely';
import type { Actor } from '../api/actor.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { OfRouter } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError, InvalidInputError } from '../errors.ts';
import { pick } from '../pick.ts';
import { UNKNOWN_ADDRESS } from './address.ts';
import { partIds } from './parts.ts';
import { type DeviceKey, lockDevice, lockRow } from './queries.ts';

/** What the audit stores of each device. */
const AUDITED = ['id', 'mac', 'ip', 'device_name', 'hostname'] as const;

/**
 * Merges another device into one.
 * @returns the ids of all rows of the device; none if they were already merged
 */
export async function mergeDevices(
  transaction: TenantTransaction,
  actor: Actor,
  key: DeviceKey,
  otherId: string,
): Promise<string[]> {
  const whole = await lockDevice(transaction, key);
  const part = await lockDevice(transaction, { ...key, id: otherId });
  if (otherId === key.id)
    throw new InvalidInputError([
      { field: 'device_id', value: otherId, expected: 'another device than the one in the path' },
    ]);
  if (part.id === whole.id) return [];
  if (part.is_router || whole.is_router)
    throw new ConflictError('This is the router itself: it cannot be merged with another device.');
  const ids = [whole.id, part.id];
  await keepAddresses(transaction, key.user_id, ids);
  await sql`
    update user_devices
    set shown_as = ${whole.id},
      merged_into = case when id = ${part.id} then ${whole.id} else merged_into end,
      holds_ip = false, is_online = false
    where user_id = ${key.user_id} and ${part.id} in (id, shown_as)`.execute(transaction);
  // Who merges a device into a known one knows it. The parts keep what they had, for when it is undone.
  await sql`
    update user_devices
    set reviewed_at = coalesce(reviewed_at, ${part.reviewed_at}), person_id = coalesce(person_id, ${part.person_id})
    where user_id = ${key.user_id} and id = ${whole.id}`.execute(transaction);
  await settle(transaction, key, ids);
  await recordAudit(transaction, actor, 'device.merged', whole, {
    device: pick(whole, AUDITED),
    merged: pick(part, AUDITED),
  });
  return partIds(transaction, whole);
}

/**
 * Undoes a merge: the merged device is one of its own again, with everything that it was before.
 * @returns the ids of all rows of both devices
 */
export async function unmergeDevice(
  transaction: TenantTransaction,
  actor: Actor,
  key: DeviceKey,
  partId: string,
): Promise<string[]> {
  const whole = await lockDevice(transaction, key);
  const part = await lockRow(transaction, { ...key, id: partId });
  if (part.shown_as !== whole.id)
    throw new ConflictError('This device is not merged into that one.');
  await sql`
    with recursive branch as (
      select id from user_devices where user_id = ${key.user_id} and id = ${partId}
      union
      select d.id from user_devices d join branch on d.user_id = ${key.user_id} and d.merged_into = branch.id
    )
    update user_devices
    set shown_as = case when id = ${partId} then null else ${partId}::uuid end,
      merged_into = case when id = ${partId} then null else merged_into end
    where user_id = ${key.user_id} and id in (select id from branch)`.execute(transaction);
  for (const id of [whole.id, partId]) await restoreAddress(transaction, { ...key, id });
  await settle(transaction, key, [whole.id, partId]);
  await recordAudit(transaction, actor, 'device.unmerged', whole, {
    device: pick(whole, AUDITED),
    unmerged: pick(part, AUDITED),
  });
  return [...(await partIds(transaction, whole)), ...(await partIds(transaction, part))];
}

/** An imported device that was not scanned since has its address only in its row: stores it before the row changes. */
async function keepAddresses(
  transaction: TenantTransaction,
  userId: string,
  ids: string[],
): Promise<void> {
  await sql`
    insert into device_addresses (user_id, device_id, ip, router_id, first_seen, last_seen, is_current)
    select d.user_id, d.id, d.ip, d.router_id, d.first_seen, d.last_seen, d.holds_ip
    from user_devices d
    where d.user_id = ${userId} and d.id = any (${ids}) and d.ip <> ${UNKNOWN_ADDRESS}
      -- What a scan saw at no address says nothing of the one it had before.
      and (d.imported_at is not null or not exists (
        select from device_addresses a where a.user_id = d.user_id and a.device_id = d.id and a.ip = d.ip))
      and not exists (select from user_devices p where p.user_id = d.user_id and p.shown_as = d.id)
    on conflict (user_id, device_id, ip) do update
    set last_seen = excluded.last_seen, is_current = device_addresses.is_current or excluded.is_current
    where excluded.last_seen > (
      select max(a.last_seen) from device_addresses a
      where a.user_id = excluded.user_id and a.device_id = excluded.device_id)`.execute(
    transaction,
  );
}

/** The row shows again the address at which the device itself was last seen. */
async function restoreAddress(transaction: TenantTransaction, key: DeviceKey): Promise<void> {
  const ids = await partIds(transaction, key);
  await sql`
    update user_devices d
    set ip = last.ip, last_seen = greatest(d.first_seen, last.last_seen), holds_ip = false
    from (
      select a.ip, a.last_seen from device_addresses a
      where a.user_id = ${key.user_id} and a.device_id = any (${ids})
      order by a.last_seen desc, family(a.ip), a.ip <<= 'fe80::/10', a.first_seen, a.ip
      limit 1
    ) last
    where d.user_id = ${key.user_id} and d.id = ${key.id}`.execute(transaction);
}

async function settle(
  transaction: TenantTransaction,
  { user_id, router_id }: OfRouter,
  ids: string[],
): Promise<void> {
  await sql`select from settle_devices(${user_id}, ${router_id}, ${ids})`.execute(transaction);
}
