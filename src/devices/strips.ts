/** When the devices of a home were there: of each a strip of digits, one for each slot. */
import { sql } from 'kysely';
import type { TenantTransaction } from '../database/transaction.ts';

export const SLOTS = 48;
const NEVER = '0'.repeat(SLOTS);

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
  // Seconds as text: a tenth of what it costs as JSON, or as rows.
  const { rows } = await sql<{ now: number; strips: string }>`
    with device as materialized (
      select d.id, coalesce(d.shown_as, d.id) as whole,
        -- The devices of a router that is away were last there with it.
        case when r.is_connected then now() else coalesce(r.last_seen, 'epoch') end as seen_until
      from user_routers r join user_devices d on d.user_id = r.user_id and d.router_id = r.router_id
      where r.user_id = ${user_id} and r.home_id = ${home_id}
        and ${router_id === undefined ? sql`true` : sql`r.router_id = ${router_id}`}
    ), stay as (
      select device.whole, date_part('epoch', s.online_at)::bigint as online_at,
        date_part('epoch', coalesce(s.offline_at, device.seen_until))::bigint as offline_at
      from device, lateral (
        select p.online_at, p.offline_at from device_presence p
        where p.user_id = ${user_id} and p.device_id = device.id and p.online_at >= now() - make_interval(hours => ${hours})
        union all (
          select p.online_at, p.offline_at from device_presence p
          where p.user_id = ${user_id} and p.device_id = device.id and p.online_at < now() - make_interval(hours => ${hours})
          order by p.online_at desc limit 1)) s
      where s.offline_at is null or s.offline_at > now() - make_interval(hours => ${hours})
    ), strip as (
      select whole || string_agg(' ' || online_at || ' ' || offline_at, '') as line from stay group by whole
    )
    select extract(epoch from now())::float8 as now, coalesce(string_agg(line, E'\n'), '') as strips from strip`.execute(
    transaction,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('An aggregate gave no row.');
  const until = Math.round(row.now);
  const span = { from: until - hours * 3_600, until };
  const lines = row.strips === '' ? [] : row.strips.split('\n');
  const devices = lines.flatMap((line) => {
    const [id = '', ...edges] = line.split(' ');
    const strip = stripOf(staysOf(edges), span);
    return strip === NEVER ? [] : [[id, strip] as const];
  });
  return { span, devices: Object.fromEntries(devices) };
}

/** From pairs of seconds, in any order. */
function staysOf(edges: readonly string[]): Span[] {
  const stays: Span[] = [];
  for (let place = 0; place < edges.length; place += 2)
    stays.push({ from: Number(edges[place]), until: Number(edges[place + 1]) });
  return stays.toSorted((one, other) => one.from - other.from);
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
  let strip = '';
  for (const there of seconds)
    strip += there === 0 ? '0' : String(Math.max(1, Math.round((9 * there) / slot)));
  return strip;
}
