-- Sums the minutes of up to so many routers to hours and these to days, as the clock of the home shows them, and deletes what was kept long
-- enough: minutes for 2 days, hours for 60, days for 3 years. Gives how many routers; the caller calls it again while there are as many. A
-- router's row is locked for that time, so that each minute is either summed or not: several processes may call it at once.
create or replace function sum_usage(at_most integer) returns bigint
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  r record;
  zone text;
  hour_end timestamptz;
  day_end timestamptz;
  done bigint := 0;
begin
  perform set_config('netpilot.maintenance', 'on', true);
  for r in
    select u.user_id, u.router_id, u.hours_until, u.days_until, h.timezone
    from router_usage u
    join user_routers n on n.user_id = u.user_id and n.router_id = u.router_id
    join homes h on h.user_id = n.user_id and h.id = n.home_id
    where u.hours_until <= now() - interval '1 hour'
    limit at_most for no key update of u skip locked
  loop
    zone := usage_zone(r.timezone);
    hour_end := greatest(date_trunc('hour', now(), zone), r.hours_until);
    day_end := greatest(date_trunc('day', now(), zone), r.days_until);

    insert into usage_hours (user_id, router_id, at, is_partial, macs, down, up)
    select r.user_id, r.router_id, s.at, s.is_partial, p.macs, p.down, p.up
    from (
      select greatest(date_trunc('hour', m.at, zone), r.hours_until) as at, bool_or(m.is_partial) as is_partial,
        array_agg(u.mac) filter (where u.mac is not null) as macs, array_agg(u.down) filter (where u.mac is not null) as down,
        array_agg(u.up) filter (where u.mac is not null) as up
      from usage_minutes m left join lateral unnest(m.macs, m.down, m.up) u(mac, down, up) on true
      where m.user_id = r.user_id and m.router_id = r.router_id and m.at >= r.hours_until and m.at < hour_end
      group by 1
    ) s cross join lateral pack_usage(s.macs, s.down, s.up) p;

    -- A day that was begun in another zone goes on in the same row.
    insert into usage_days as d (user_id, router_id, day, is_partial, macs, down, up)
    select r.user_id, r.router_id, s.day, s.is_partial, p.macs, p.down, p.up
    from (
      select (h.at at time zone zone)::date as day, bool_or(h.is_partial) as is_partial,
        array_agg(u.mac) filter (where u.mac is not null) as macs, array_agg(u.down) filter (where u.mac is not null) as down,
        array_agg(u.up) filter (where u.mac is not null) as up
      from usage_hours h left join lateral unnest(h.macs, h.down, h.up) u(mac, down, up) on true
      where h.user_id = r.user_id and h.router_id = r.router_id and h.at >= r.days_until and h.at < day_end
      group by 1
    ) s cross join lateral pack_usage(s.macs, s.down, s.up) p
    on conflict (user_id, router_id, day) do update
    set is_partial = d.is_partial or excluded.is_partial,
      (macs, down, up) = (select p.macs, p.down, p.up
        from pack_usage(d.macs || excluded.macs, d.down || excluded.down, d.up || excluded.up) p);

    delete from usage_minutes m
      where m.user_id = r.user_id and m.router_id = r.router_id and m.at < least(hour_end, now() - interval '2 days');
    delete from usage_hours h
      where h.user_id = r.user_id and h.router_id = r.router_id and h.at < least(day_end, now() - interval '60 days');
    delete from usage_days d
      where d.user_id = r.user_id and d.router_id = r.router_id and d.day < (now() at time zone zone)::date - interval '3 years';
    update router_usage u set hours_until = hour_end, days_until = day_end
      where u.user_id = r.user_id and u.router_id = r.router_id;
    done := done + 1;
  end loop;
  perform set_config('netpilot.maintenance', '', true);
  return done;
end
$$;
revoke execute on function sum_usage(integer) from public;
grant execute on function sum_usage(integer) to netpilot_service;
