/** What the digest of the week says: read from what the home has anyway. */
import { sql } from 'kysely';
import { instant } from '../database/instants.ts';
import { deviceNameOf } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import type { WeekFacts } from './alerts-of.ts';
import type { Listener } from './listener.ts';

const WEEK = 7 * 86_400_000;
const MOST_NAMES = 20;

type Several = WeekFacts['blocked'];
type Found = {
  has_routers: boolean;
  new_devices: Several;
  most_used: WeekFacts['most_used'];
  outages: WeekFacts['outages'];
  blocked: Several;
};

/** Of the seven days before an instant, in one round trip; undefined for a home without a router, or of which there is nothing to say. */
export async function loadWeek(
  transaction: TenantTransaction,
  { userId, homeId }: Listener,
  { zone, now }: { zone: string; now: number },
): Promise<WeekFacts | undefined> {
  const from = now - WEEK;
  const several = sql`jsonb_build_object('count', count(*), 'names', coalesce((array_agg(name order by name))[:${MOST_NAMES}], '{}'))`;
  const outages = (kind: string) => sql`jsonb_build_object(
    'count', count(*) filter (where o.kind = ${kind}),
    'seconds', coalesce(round(sum(extract(epoch from least(coalesce(o.until_at, 'infinity'), ${instant(now)}) - greatest(o.from_at, ${instant(from)})))
      filter (where o.kind = ${kind})), 0))`;
  const { rows } = await sql<Found>`
    with routers as materialized (
      select r.router_id, r.created_at from user_routers r where r.user_id = ${userId} and r.home_id = ${homeId} and r.is_active
    ), fresh as (
      select distinct on (coalesce(d.mac::text, d.id::text)) ${deviceNameOf('d')} as name
      from user_devices d join routers r on r.router_id = d.router_id
      where d.user_id = ${userId} and d.shown_as is null and not d.is_router and d.first_seen >= ${instant(from)}
        and d.first_seen > r.created_at + interval '15 minutes'
        -- Nor one that comes to another router of the home.
        and not exists (
          select from user_devices o where o.user_id = d.user_id and o.mac = d.mac and o.id <> d.id and o.first_seen < ${instant(from)})
    ), used as (
      select coalesce(p.name, ${deviceNameOf('d')}) as name, sum(u.down + u.up)::bigint as bytes
      from usage_of(${userId}, array(select router_id from routers), null, null, ${instant(from)}, 'hour', usage_zone(${zone})) u
      join user_devices d on d.user_id = ${userId} and d.id = u.device_id
      left join people p on p.user_id = d.user_id and p.id = u.person_id
      group by coalesce(p.id, d.id), 1 having sum(u.down + u.up) >= 1000000 order by 2 desc limit 3
    ), blocks as (
      select distinct coalesce(${deviceNameOf('w')}, b.device_mac::text, host(b.device_ip)) as name
      from user_blocked_devices b join routers r on r.router_id = b.router_id
      left join user_devices d on d.user_id = b.user_id and d.id = b.device_id
      left join user_devices w on w.user_id = d.user_id and w.id = coalesce(d.shown_as, d.id)
      where b.user_id = ${userId} and (b.is_active or b.unblocked_at >= ${instant(from)})
    )
    select exists (select from routers) as has_routers,
      (select ${several} from fresh) as new_devices,
      (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'bytes', bytes) order by bytes desc), '[]') from used) as most_used,
      (select ${several} from blocks) as blocked,
      (select jsonb_build_object('away', ${outages('away')}, 'internet_down', ${outages('internet_down')})
        from router_outages o join routers r on r.router_id = o.router_id
        where o.user_id = ${userId} and o.from_at < ${instant(now)} and coalesce(o.until_at, 'infinity') > ${instant(from)}) as outages`.execute(
    transaction,
  );
  const [week] = rows;
  if (week?.has_routers !== true) return undefined;
  const { new_devices, most_used, blocked, outages: ofRouters } = week;
  const counts = [new_devices.count, most_used.length, blocked.count];
  if ([...counts, ofRouters.away.count, ofRouters.internet_down.count].every((each) => each === 0))
    return undefined;
  return {
    from: new Date(from).toISOString(),
    until: new Date(now).toISOString(),
    new_devices,
    most_used,
    outages: ofRouters,
    blocked,
  };
}
