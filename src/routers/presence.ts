/** Whether a router is connected, and since when: written by the Commands-Server that holds its connection. */
import { sql } from 'kysely';
import { type OfRouter, routerOf } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { recordEvent } from '../activity/record-event.ts';
import type { Feature } from './features.ts';
import { endOutage } from './health.ts';
import { noteLanMac } from './look-alikes.ts';

/** One connection of a router. A silent one leaves no events, because its router connects too often. */
export type ConnectionOf = OfRouter & { connection_id: string; isSilent?: boolean };

/** What a router reports when it connects. */
export type Arrival = {
  /** The Commands-Server, as host:port. */
  node: string;
  version: string;
  limiter: string;
  /** The router's own MAC. */
  lan: string;
  features: ReadonlySet<Feature>;
};

/** This connection counts from now on; an earlier one is replaced. False if no such router is linked. */
export async function markConnected(
  transaction: TenantTransaction,
  { user_id, router_id, connection_id, isSilent = false }: ConnectionOf,
  { node, version, limiter, lan, features }: Arrival,
): Promise<boolean> {
  const router = { user_id, router_id };
  const before = await routerOf(transaction, router)
    .where('is_active', '=', true)
    .forUpdate()
    .executeTakeFirst();
  if (before === undefined) return false;
  const isWithinHour = sql`connections_since > now() - interval '1 hour'`;
  await transaction
    .updateTable('user_routers')
    .set({
      is_connected: true,
      connection_id,
      connected_at: sql`now()`,
      last_seen: sql`now()`,
      connected_node: node,
      agent_version: version,
      limiter,
      lan_mac: lan,
      agent_features: [...features],
      clock: features.has('time') ? sql`clock` : null,
      connections: sql`case when ${isWithinHour} then connections + 1 else 1 end`,
      connections_since: sql`case when ${isWithinHour} then connections_since else now() end`,
      update_version: sql`nullif(update_version, ${version})`,
      update_state: sql`case when update_version = ${version} then null when update_state = 'trying' then 'put-back'
        when update_state = 'sending' then 'interrupted' else update_state end`,
    })
    .where((row) => row.and(router))
    .execute();
  await sql`select end_away(${user_id}, ${router_id})`.execute(transaction);
  if (isSilent) return true;
  await recordEvent(transaction, 'router.connected', { router_id });
  await noteLanMac(transaction, before, lan);
  return true;
}

/** The router has just sent something. That its clock is trusted now, or no more, is an event. */
export async function markSeen(
  transaction: TenantTransaction,
  { user_id, router_id, connection_id, isSilent = false }: ConnectionOf,
  { limiter, clock }: { limiter: string; clock: string | null },
): Promise<void> {
  const { rows } = await sql<{ is_changed: boolean }>`
    update user_routers r set last_seen = now(), limiter = ${limiter}, clock = ${clock}
    from (
      select id, clock from user_routers
      where user_id = ${user_id} and router_id = ${router_id} and connection_id = ${connection_id} for update
    ) before
    where r.user_id = ${user_id} and r.id = before.id
    returning r.clock is distinct from before.clock as is_changed`.execute(transaction);
  if (rows[0]?.is_changed === true && !isSilent)
    await recordEvent(transaction, 'router.clock_changed', { router_id }, { clock });
}

/** As a condition: the connection counts. A Commands-Server that stood still for a while may not know that another one has the router. */
export function isCounting({ user_id, router_id, connection_id }: ConnectionOf) {
  return sql<boolean>`is_counting(${user_id}, ${router_id}, ${connection_id})`;
}

/** Whether the connection counts. */
export async function counts(
  transaction: TenantTransaction,
  connection: ConnectionOf,
): Promise<boolean> {
  const { rows } = await sql<{ counts: boolean }>`
    select ${isCounting(connection)} as counts`.execute(transaction);
  return rows[0]?.counts === true;
}

/**
 * The connection has ended, and with it every stay of the router's devices: nobody knows whether they are online. Does
 * nothing if another connection has replaced it.
 * @param isOurs the service ended it, as it stops: that does not count as an outage of the router
 */
export async function markDisconnected(
  transaction: TenantTransaction,
  connection: ConnectionOf,
  isOurs = false,
): Promise<void> {
  const { numUpdatedRows } = await presenceOf(transaction, connection)
    .set({ is_connected: false, connection_id: null, last_seen: sql`now()` })
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return;
  const { user_id, router_id, isSilent = false } = connection;
  await sql`select end_presence(${user_id}, ${router_id}, now())`.execute(transaction);
  if (isOurs) await endOutage(transaction, { user_id, router_id });
  else await sql`select begin_away(${user_id}, ${router_id}, now())`.execute(transaction);
  if (!isSilent) await recordEvent(transaction, 'router.disconnected', { router_id });
}

function presenceOf(
  transaction: TenantTransaction,
  { user_id, router_id, connection_id }: ConnectionOf,
) {
  return transaction
    .updateTable('user_routers')
    .where((row) => row.and({ user_id, router_id, connection_id }));
}
