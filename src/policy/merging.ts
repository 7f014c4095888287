/**
 * Two entries are one device, because a person says so: the one is shown as the other from then on, and what holds for
 * either holds for both. Nothing of either row is lost, so that it can be taken back.
 */
import { sql } from 'kysely';
import type { Actor } from '../api/actor.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { Device, OfRouter } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError, InvalidInputError } from '../errors.ts';
import { lockPolicy } from './queries.ts';
import { type Delivery, deliveryOf, raiseRevision } from './revision.ts';
import { partIds } from '../devices/parts.ts';
import { type DeviceKey, lockDevice, lockRow } from '../devices/queries.ts';

/** Says that a device is another one too. Where they are one already, nothing happens. */
export async function mergeDevices(
  transaction: TenantTransaction,
  actor: Actor,
  key: DeviceKey,
  otherId: string,
): Promise<Delivery> {
  const { router, policy } = await lockPolicy(transaction, key);
  const whole = await lockDevice(transaction, key);
  const part = await lockDevice(transaction, { ...key, id: otherId });
  if (otherId === key.id)
    throw new InvalidInputError([
      { field: 'device_id', value: otherId, expected: 'another device than the one in the path' },
    ]);
  if (part.id === whole.id) return deliveryOf({ ...policy, ...router });
  if (part.is_router || whole.is_router)
    throw new ConflictError('This is the router itself: it cannot be one with another device.');
  const ids = [whole.id, part.id];
  await keepAddresses(transaction, key.user_id, ids);
  await sql`
    update user_devices
    set shown_as = ${whole.id},
      merged_into = case when id = ${part.id} then ${whole.id} else merged_into end,
      holds_ip = false, is_online = false
    where user_id = ${key.user_id} and ${part.id} in (id, shown_as)`.execute(transaction);
  await settle(transaction, key, ids);
  await recordAudit(transaction, actor, {
    action: 'device.merged',
    routerId: key.router_id,
    subjectId: whole.id,
    details: { device: describe(whole), merged: describe(part) },
  });
  return deliver(transaction, whole);
}

/** Takes that back: what was merged is a device of its own again, with all that it was before. */
export async function unmergeDevice(
  transaction: TenantTransaction,
  actor: Actor,
  key: DeviceKey,
  partId: string,
): Promise<Delivery> {
  await lockPolicy(transaction, key);
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
  for (const id of [whole.id, partId]) await returnToOwn(transaction, { ...key, id });
  await settle(transaction, key, [whole.id, partId]);
  await recordAudit(transaction, actor, {
    action: 'device.unmerged',
    routerId: key.router_id,
    subjectId: whole.id,
    details: { device: describe(whole), unmerged: describe(part) },
  });
  // Both: an entry of either no longer holds for the other.
  return deliver(transaction, whole, part);
}

/** Where a device was by an import, and by no scan since, is written down before its row comes to show more. */
async function keepAddresses(
  transaction: TenantTransaction,
  userId: string,
  ids: string[],
): Promise<void> {
  await sql`
    insert into device_addresses (user_id, device_id, ip, router_id, first_seen, last_seen, is_current)
    select d.user_id, d.id, d.ip, d.router_id, d.first_seen, d.last_seen, d.holds_ip
    from user_devices d
    where d.user_id = ${userId} and d.id = any (${ids})
      and not exists (select from user_devices p where p.user_id = d.user_id and p.shown_as = d.id)
    on conflict (user_id, device_id, ip) do update
    set last_seen = excluded.last_seen, is_current = device_addresses.is_current or excluded.is_current
    where excluded.last_seen > (
      select max(a.last_seen) from device_addresses a
      where a.user_id = excluded.user_id and a.device_id = excluded.device_id)`.execute(
    transaction,
  );
}

/** A row that showed another's addresses, or rested, shows again where the device itself was seen last. */
async function returnToOwn(transaction: TenantTransaction, key: DeviceKey): Promise<void> {
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

/** The router hears of it only where an entry of a list or a block holds for other MACs now. */
async function deliver(transaction: TenantTransaction, ...devices: Device[]): Promise<Delivery> {
  const [{ user_id, router_id } = { user_id: '', router_id: '' }] = devices;
  const ids = (await Promise.all(devices.map((device) => partIds(transaction, device)))).flat();
  const { rows } = await sql<{ is_named: boolean }>`
    select exists (
      select from policy_targets
      where user_id = ${user_id} and device_id = any (${ids}) and is_active) as is_named`.execute(
    transaction,
  );
  if (rows[0]?.is_named === true) return raiseRevision(transaction, user_id, router_id);
  const { router, policy } = await lockPolicy(transaction, { user_id, router_id });
  return deliveryOf({ ...policy, ...router });
}

function describe({ id, mac, ip, device_name, hostname }: Device) {
  return { id, mac, ip, device_name, hostname };
}
