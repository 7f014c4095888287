-- What the devices of routers used since then, by MAC and by steps: minute, or hour or day of that zone. What is not summed yet comes from the
-- finer table: a minute is in one of them only.
create or replace function usage_steps(of_user uuid, of_routers varchar[], since timestamptz, step text, zone text)
returns table (router_id varchar, at timestamptz, mac macaddr, down bigint, up bigint)
language sql stable
set enable_nestloop = on
as $$
  select r.router_id, case step when 'minute' then m.at else date_trunc(step, m.at, zone) end, u.mac, u.down, u.up
  from router_usage r
  join usage_minutes m on m.user_id = r.user_id and m.router_id = r.router_id
    and m.at >= case step when 'minute' then since else greatest(since, r.hours_until) end
  cross join lateral unnest(m.macs, m.down, m.up) u(mac, down, up)
  where r.user_id = of_user and r.router_id = any (of_routers)
  union all
  select r.router_id, date_trunc(step, h.at, zone), u.mac, u.down, u.up
  from router_usage r
  join usage_hours h on h.user_id = r.user_id and h.router_id = r.router_id
    and h.at >= case step when 'hour' then since else greatest(since, r.days_until) end
  cross join lateral unnest(h.macs, h.down, h.up) u(mac, down, up)
  where step <> 'minute' and r.user_id = of_user and r.router_id = any (of_routers)
  union all
  select d.router_id, d.day::timestamp at time zone zone, u.mac, u.down, u.up
  from usage_days d
  cross join lateral unnest(d.macs, d.down, d.up) u(mac, down, up)
  where step = 'day' and d.user_id = of_user and d.router_id = any (of_routers) and d.day >= (since at time zone zone)::date
$$;
