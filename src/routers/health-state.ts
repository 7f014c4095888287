/** How a router is now: whether it is there, and whether it has the internet. */
import { sql } from 'kysely';
import type { Router } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { HEALTH_TARGETS } from './health.ts';

export const HEALTH_STATES = ['ok', 'internet_down', 'away', 'unknown'] as const;

export type RouterHealth = {
  state: (typeof HEALTH_STATES)[number];
  since: string | null;
  /** Milliseconds. */
  round_trip: number | null;
  /** Percent. */
  loss: number | null;
};

export const UNKNOWN_HEALTH: RouterHealth = {
  state: 'unknown',
  since: null,
  round_trip: null,
  loss: null,
};

/** What is stored of a router that says how it is. */
export type HealthFacts = Pick<
  Router,
  'router_id' | 'is_active' | 'is_connected' | 'connected_at' | 'last_seen'
> & {
  internet_down_since: string | null;
  /** When its latest outage ended. */
  outage_ended_at: string | null;
  /** Of the last five minutes, on average of its targets; null: nothing was measured. */
  loss: number | null;
  round_trip: number | null;
};

/** Of each router of the user, by its id, in one round trip. @param routerId only this one */
export async function listHealthStates(
  transaction: TenantTransaction,
  userId: string,
  routerId?: string,
): Promise<Map<string, RouterHealth>> {
  const { rows } = await sql<HealthFacts>`
    select r.router_id, r.is_active, r.is_connected, r.connected_at, r.last_seen,
      down.from_at as internet_down_since, ended.until_at as outage_ended_at, measured.loss, measured.round_trip
    from user_routers r
    left join router_outages down
      on down.user_id = r.user_id and down.router_id = r.router_id and down.until_at is null and down.kind = 'internet_down'
    left join lateral (
      select o.until_at from router_outages o
      where o.user_id = r.user_id and o.router_id = r.router_id and o.until_at is not null
      order by o.from_at desc limit 1) ended on true
    left join lateral (
      select avg(h.loss)::integer as loss, round(avg(h.round_trip)::numeric, 1)::float8 as round_trip from router_health h
      where h.user_id = r.user_id and h.router_id = r.router_id and h.measured_at >= now() - interval '5 minutes'
        and h.target = any (coalesce(r.health_targets, ${HEALTH_TARGETS}))) measured on true
    where r.user_id = ${userId} and ${routerId === undefined ? sql`true` : sql`r.router_id = ${routerId}`}`.execute(
    transaction,
  );
  return new Map(rows.map((row) => [row.router_id, healthOf(row)]));
}

/** Pure. */
export function healthOf(facts: HealthFacts): RouterHealth {
  const { is_active, is_connected, connected_at, last_seen } = facts;
  if (!is_active || last_seen === null) return UNKNOWN_HEALTH;
  if (!is_connected) return { ...UNKNOWN_HEALTH, state: 'away', since: last_seen };
  const { loss, round_trip, internet_down_since, outage_ended_at } = facts;
  if (loss === null) return { ...UNKNOWN_HEALTH, since: connected_at };
  if (internet_down_since !== null)
    return { state: 'internet_down', since: internet_down_since, round_trip, loss };
  return { state: 'ok', since: later(connected_at, outage_ended_at), round_trip, loss };
}

function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return Date.parse(one) > Date.parse(other) ? one : other;
}
