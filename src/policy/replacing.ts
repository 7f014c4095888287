/** A router takes the place of another one: what people know and decided about its network goes on with the new one. */
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../api/actor.ts';
import { recordAudit } from '../activity/record-audit.ts';
import type { OfRouter, Router } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError, InvalidInputError } from '../errors.ts';
import { findRouter, lockRouter } from '../routers/queries.ts';
import { unlinkRouter } from '../routers/unlinking.ts';
import { type Delivery, raiseRevision } from './revision.ts';

/** Two routers of one user. */
type Pair = { user_id: string; from: string; to: string };

/**
 * Gives a linked router the devices, names, lists, blocks, rules, home, settings and tokens of another one, and unlinks that one: all
 * of it or nothing. What both have stays as the old one has it, but for entries that the new one has for the same device.
 * Throws NotFoundError for a router that the user does not have, ConflictError if the new one is not linked, and
 * InvalidInputError if they are one.
 */
export async function replaceRouter(
  transaction: TenantTransaction,
  actor: Actor,
  key: OfRouter,
  replaced: string,
): Promise<{ router: Router; delivery: Delivery }> {
  const pair = { user_id: key.user_id, from: replaced, to: key.router_id };
  await lockBoth(transaction, pair);
  if (pair.from === pair.to)
    throw new InvalidInputError([
      { field: 'replaces', value: replaced, expected: 'another router than the one in the path' },
    ]);
  const { is_active } = await findRouter(transaction, key);
  if (!is_active)
    throw new ConflictError(
      'The router in the path is not linked: link it, then it can replace another one.',
    );
  // A person and their devices stay together.
  await sql`
    update user_routers set home_id = (
      select home_id from user_routers where user_id = ${pair.user_id} and router_id = ${pair.from})
    where user_id = ${pair.user_id} and router_id = ${pair.to}`.execute(transaction);
  await sql`select end_presence(${pair.user_id}, ${pair.from}, now())`.execute(transaction);
  const devices = await moveDevices(transaction, pair);
  const blocks = await moveEntries(transaction, pair, 'user_blocked_devices');
  const listed =
    (await moveEntries(transaction, pair, 'user_whitelists')) +
    (await moveEntries(transaction, pair, 'user_blacklists'));
  await moveRules(transaction, pair);
  await unlinkRouter(transaction, actor, replaced);
  const delivery = await raiseRevision(transaction, key);
  await recordAudit(transaction, actor, 'router.replaced', key, {
    replaced,
    devices,
    listed,
    blocks,
  });
  return { router: await findRouter(transaction, key), delivery };
}

/** Both routers and then their policies, always in one order. */
async function lockBoth(
  transaction: TenantTransaction,
  { user_id, from, to }: Pair,
): Promise<void> {
  for (const router_id of [from, to].toSorted())
    await lockRouter(transaction, { user_id, router_id });
  await sql`
    select from router_policies where user_id = ${user_id} and router_id in (${from}, ${to})
    order by router_id for update`.execute(transaction);
}

/** Gives how many devices there are. The old router itself stays where it was. */
async function moveDevices(transaction: TenantTransaction, pair: Pair): Promise<number> {
  const { user_id, from, to } = pair;
  // A device that the new one has seen already is the one that people know; the next scan says where it is.
  await sql`
    update user_devices d
    set device_name = coalesce(d.device_name, n.device_name), device_type = coalesce(d.device_type, n.device_type),
      person_id = coalesce(d.person_id, n.person_id), reviewed_at = coalesce(d.reviewed_at, n.reviewed_at)
    from user_devices n
    where d.user_id = ${user_id} and d.router_id = ${from} and not d.is_router
      and n.user_id = ${user_id} and n.router_id = ${to} and n.mac = d.mac`.execute(transaction);
  await sql`
    update access_rules a set device_id = d.id
    from user_devices n join user_devices d on d.user_id = n.user_id and d.mac = n.mac
    where a.user_id = ${user_id} and a.device_id = n.id and n.router_id = ${to}
      and d.router_id = ${from} and not d.is_router`.execute(transaction);
  await sql`
    delete from user_devices n using user_devices d
    where n.user_id = ${user_id} and n.router_id = ${to}
      and d.user_id = ${user_id} and d.router_id = ${from} and not d.is_router and d.mac = n.mac`.execute(
    transaction,
  );
  // Who has an address at the new one keeps it.
  const isTaken = (ip: RawBuilder<unknown>) => sql`(
    exists (select from device_addresses n
      where n.user_id = ${user_id} and n.router_id = ${to} and n.is_current and n.ip = ${ip})
    or exists (select from user_devices n
      where n.user_id = ${user_id} and n.router_id = ${to} and n.holds_ip and n.ip = ${ip}))`;
  await sql`
    update device_addresses a set is_current = false
    where a.user_id = ${user_id} and a.router_id = ${from} and a.is_current and ${isTaken(sql`a.ip`)}`.execute(
    transaction,
  );
  await sql`
    update user_devices d set holds_ip = false
    where d.user_id = ${user_id} and d.router_id = ${from} and d.holds_ip and ${isTaken(sql`d.ip`)}`.execute(
    transaction,
  );
  const { rows } = await sql<{ devices: number }>`
    with moved as (
      update user_devices set router_id = ${to}
      where user_id = ${user_id} and router_id = ${from} and not is_router
      returning id
    ), addresses as (
      update device_addresses set router_id = ${to} where user_id = ${user_id} and device_id in (select id from moved)
    ), stays as (
      update device_presence set router_id = ${to} where user_id = ${user_id} and device_id in (select id from moved)
    )
    select count(*)::int as devices from moved`.execute(transaction);
  return rows[0]?.devices ?? 0;
}

/** Gives how many entries there are. One for a device that the new router has an entry for stays behind. */
async function moveEntries(
  transaction: TenantTransaction,
  { user_id, from, to }: Pair,
  table: 'user_whitelists' | 'user_blacklists' | 'user_blocked_devices',
): Promise<number> {
  const entries = sql.table(table);
  const isActive = (row: string) =>
    table === 'user_blocked_devices' ? sql`${sql.ref(`${row}.is_active`)}` : sql`true`;
  const { rows } = await sql<{ moved: number }>`
    with moved as (
      update ${entries} e set router_id = ${to}
      where e.user_id = ${user_id} and e.router_id = ${from}
        and not (${isActive('e')} and exists (
          select from ${entries} n
          where n.user_id = ${user_id} and n.router_id = ${to} and ${isActive('n')}
            and (n.device_mac = e.device_mac
              or n.device_mac is null and e.device_mac is null and n.device_ip = e.device_ip)))
        and not exists (
          select from user_devices d where d.user_id = ${user_id} and d.id = e.device_id and d.router_id = ${from})
      returning e.id
    )
    select count(*)::int as moved from moved`.execute(transaction);
  await sql`
    update ${entries} e set device_id = d.id
    from user_devices d
    where e.user_id = ${user_id} and e.router_id = ${to} and e.device_id is null and e.device_mac is not null
      and d.user_id = ${user_id} and d.router_id = ${to} and d.mac = e.device_mac`.execute(
    transaction,
  );
  return rows[0]?.moved ?? 0;
}

/** Mode and rates, name, home, rules, settings and tokens. */
async function moveRules(
  transaction: TenantTransaction,
  { user_id, from, to }: Pair,
): Promise<void> {
  await sql`
    update router_policies n
    set mode = o.mode, whitelist_limit_rate = o.whitelist_limit_rate, whitelist_full_rate = o.whitelist_full_rate,
      blacklist_limit_rate = o.blacklist_limit_rate, blacklist_full_rate = o.blacklist_full_rate
    from router_policies o
    where n.user_id = ${user_id} and n.router_id = ${to} and o.user_id = ${user_id} and o.router_id = ${from}`.execute(
    transaction,
  );
  await sql`
    update user_routers n
    set router_name = coalesce(o.router_name, n.router_name), home_id = o.home_id,
      scan_wanted_at = case when n.is_connected then coalesce(n.scan_wanted_at, now()) end
    from user_routers o
    where n.user_id = ${user_id} and n.router_id = ${to} and o.user_id = ${user_id} and o.router_id = ${from}`.execute(
    transaction,
  );
  // Those of its networks: in its home, in which the new one is by now.
  await sql`
    update access_rules a set router_id = ${to}
    where a.user_id = ${user_id} and a.router_id = ${from} and not exists (
      select from access_rules n
      where n.user_id = ${user_id} and n.router_id = ${to} and n.home_id = a.home_id
        and n.kind = 'new_device' and n.kind = a.kind and n.network = a.network)`.execute(
    transaction,
  );
  await sql`
    update user_settings s set router_id = ${to}
    where s.user_id = ${user_id} and s.router_id = ${from} and not exists (
      select from user_settings n
      where n.user_id = ${user_id} and n.router_id = ${to} and n.setting_key = s.setting_key)`.execute(
    transaction,
  );
  await sql`
    update user_sessions set router_id = ${to} where user_id = ${user_id} and router_id = ${from}`.execute(
    transaction,
  );
}
