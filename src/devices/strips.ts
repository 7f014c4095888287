/** When the devices of a home were there: of each a strip of digits, one for each slot. */
import { sql } from 'kysely';
import type { TenantTransaction } from '../database/transaction.ts';

export const SLOTS = 48;

/** From when to when, in seconds of the epoch. */
export type Span = { from: number; until: number };

export type PresenceStrips = { span: Span; devices: Record<string, string> };

/**
 * The strips of all devices of a home, or of one router, that were seen in the last hours; merged ones are one. One statement: of each
 * device it reads the stays that began since then, and the one before.
 */
export async function listStrips(
  transaction: TenantTransaction,
  { user_id, home_id, router_id }: { user_id: string; home_id: string; router_id?: string },
  hours: number,
): Promise<PresenceStrips> {
  const { rows } = await sql<{ now: number; stays: Record<string, number[]> }>`
    with span as materialized (
      select now() - make_interval(hours => ${hours}) as begin
    ), device as materialized (
      select d.id, coalesce(d.shown_as, d.id) as whole,
        -- The devices of a router that is away were last there with it.
        case when r.is_connected then now() else coalesce(r.last_seen, '-infinity') end as seen_until
      from user_routers r join user_devices d on d.user_id = r.user_id and d.router_id = r.router_id
      where r.user_id = ${user_id} and r.home_id = ${home_id}
        and ${router_id === undefined ? sql`true` : sql`r.router_id = ${router_id}`}
    ), stay as (
      select device.whole, greatest(s.online_at, span.begin) as online_at,
        least(now(), greatest(s.online_at, coalesce(s.offline_at, device.seen_until))) as offline_at
      from span, device, lateral (
        select p.online_at, p.offline_at from device_presence p
        where p.user_id = ${user_id} and p.device_id = device.id and p.online_at >= span.begin
        union all (
          select p.online_at, p.offline_at from device_presence p
          where p.user_id = ${user_id} and p.device_id = device.id and p.online_at < span.begin
          order by p.online_at desc limit 1)) s
    ), strip as (
      select whole, jsonb_agg(round(extract(epoch from online_at)) order by online_at) as begins,
        jsonb_agg(round(extract(epoch from offline_at)) order by online_at) as ends
      from stay where offline_at > online_at group by whole
    )
    select extract(epoch from now())::float8 as now,
      coalesce((select jsonb_object_agg(whole, begins || ends) from strip), '{}') as stays`.execute(
    transaction,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('A select without a table gave no row.');
  const until = Math.round(row.now);
  const span = { from: until - hours * 3_600, until };
  const devices = Object.entries(row.stays).map(([id, edges]) => {
    const begins = edges.slice(0, edges.length / 2);
    const stays = begins.map((from, place) => ({ from, until: edges[begins.length + place] ?? 0 }));
    return [id, stripOf(stays, span)] as const;
  });
  return { span, devices: Object.fromEntries(devices) };
}

/**
 * One digit for each slot of a span: which part of it the stays have, 0 none of it, 9 all. A moment is at least 1. Stays may overlap, as
 * those of merged devices do.
 * @param stays by when they began
 */
export function stripOf(stays: readonly Span[], { from, until }: Span): string {
  const slot = (until - from) / SLOTS;
  const seconds = new Float64Array(SLOTS);
  let covered = from;
  for (const stay of stays) {
    const begin = Math.max(stay.from, covered);
    const end = Math.min(stay.until, until);
    if (end <= begin) continue;
    covered = end;
    const last = Math.min(SLOTS - 1, Math.floor((end - from) / slot));
    for (let place = Math.floor((begin - from) / slot); place <= last; place += 1) {
      const start = from + place * slot;
      const inSlot = Math.min(end, start + slot) - Math.max(begin, start);
      seconds[place] = (seconds[place] ?? 0) + inSlot;
    }
  }
  return Array.from(seconds, (there) =>
    there === 0 ? 0 : Math.max(1, Math.round((9 * there) / slot)),
  ).join('');
}
