/** Whether a router is connected, and since when: written by the Commands-Server that holds its connection. */
import { sql } from 'kysely';
import type { OfRouter } from '../database/models.ts';
import type { Database } from '../database/pool.ts';
import { inOrder } from '../database/places.ts';
import { PREPARED } from '../database/prepared.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { recordEvent } from '../activity/record-event.ts';
import type { Feature } from './features.ts';
import { endOutage } from './health.ts';
import type { LivingNode } from './leases.ts';

/** One connection of a router. A silent one leaves no events, because its router connects too often. */
export type ConnectionOf = OfRouter & { connection_id: string; isSilent?: boolean };

/** A router that has connected, and what it reports then. */
export type Arrival = ConnectionOf & {
  version: string;
  limiter: string;
  /** The router's own MAC. */
  lan: string;
  features: ReadonlySet<Feature>;
};

/** What is wanted of a router that has connected, besides its policy. */
export type Welcome = {
  /** Whose answers it is to measure; null: nobody has chosen. */
  health_targets: string[] | null;
  /** Something else: take_requests() has it. */
  is_asked: boolean;
  /** It was connected until now, and scanned within ten minutes: what it sees is known. */
  is_scanned: boolean;
};

/**
 * These connections to a Commands-Server count from now on, and earlier ones are replaced: one commit. Throws if it has no lease.
 * @param longestWait for a row that somebody else holds, as PostgreSQL writes it: then it throws
 * @returns of each, what is wanted of it; undefined if no such router is linked
 */
export async function markConnected(
  database: Database,
  { node, instance }: Pick<LivingNode, 'node' | 'instance'>,
  arrivals: readonly Arrival[],
  longestWait: string | null,
): Promise<(Welcome | undefined)[]> {
  const arrived = arrivals.map((arrival) => {
    const { user_id, router_id, connection_id, version, limiter, lan, features } = arrival;
    const said = { version, limiter, lan, features: [...features] };
    return { user_id, router_id, connection_id, ...said, is_silent: arrival.isSilent ?? false };
  });
  const { rows } = await sql<Welcome & { place: number }>`${PREPARED}
    select place, health_targets, is_asked, is_scanned
    from mark_connected(${node}, ${instance}, ${JSON.stringify(arrived)}::jsonb, ${longestWait})`.execute(
    database,
  );
  return inOrder(arrivals.length, rows).map((row) => {
    if (row === undefined) return undefined;
    const { place: _place, ...welcome } = row;
    return welcome;
  });
}

/** Of these connections, those that another one has taken the place of, or whose router is deleted. */
export async function findConnectedAnew(
  database: Database,
  sent: readonly ConnectionOf[],
): Promise<ReadonlySet<string>> {
  if (sent.length === 0) return new Set();
  const { rows } = await sql<{ connection_id: string }>`${PREPARED}
    select connection_id from connected_anew(${sent.map(({ user_id }) => user_id)}::uuid[],
      ${sent.map(({ router_id }) => router_id)}::varchar[], ${sent.map(({ connection_id }) => connection_id)}::uuid[])`.execute(
    database,
  );
  return new Set(rows.map(({ connection_id }) => connection_id));
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
