-- What a home, a router's device or a person used in a period (hour, today, day, month, year): {from, until, counting, down, up, series,
-- devices, people, others}, as the API gives it, but for the period's name and with times in seconds of the epoch. Of a device what its router counted, by the id of any of its parts.
create or replace function load_usage(of_user uuid, of_home uuid, of_router varchar, of_device uuid, of_person uuid, period varchar)
returns jsonb
language plpgsql stable as $$
declare
  most constant numeric := 9007199254740991;
  zone text := usage_zone((select h.timezone from homes h where h.user_id = of_user and h.id = of_home));
  since timestamptz := usage_since(period, zone);
  step text := usage_step(period);
  routers varchar[] := case when of_router is null then array(
    select r.router_id from user_routers r where r.user_id = of_user and r.home_id = of_home) else array[of_router] end;
  steps timestamptz[] := case step
    when 'day' then array(
      select d::timestamp at time zone zone
      from generate_series((since at time zone zone)::date::timestamp, (now() at time zone zone)::date::timestamp, '1 day') d)
    else array(select generate_series(since, now(), ('1 ' || step)::interval)) end;
begin
  return (
    with used as materialized (
      select * from usage_of(of_user, routers, of_device, of_person, since, step, zone)
    ), series as (
      select s.at, sum(s.down) as down, sum(s.up) as up
      from (select used.at, used.down, used.up from used union all select z.at, 0, 0 from unnest(steps) z(at)) s
      group by s.at
    ), devices as (
      select used.device_id, used.router_id, used.person_id, sum(used.down) as down, sum(used.up) as up
      from used where used.device_id is not null group by used.device_id, used.router_id, used.person_id
      having sum(used.down) + sum(used.up) > 0
    ), people as (
      select used.person_id, sum(used.down) as down, sum(used.up) as up
      from used where used.person_id is not null group by used.person_id having sum(used.down) + sum(used.up) > 0
    )
    select jsonb_build_object(
      'from', extract(epoch from since)::bigint, 'until', extract(epoch from now())::bigint, 'counting', usage_counting(of_user, routers, since, step, zone),
      'down', least(coalesce((select sum(used.down) from used), 0), most), 'up', least(coalesce((select sum(used.up) from used), 0), most),
      'series', (select jsonb_agg(jsonb_build_object('at', extract(epoch from s.at)::bigint, 'down', least(s.down, most), 'up', least(s.up, most)) order by s.at) from series s),
      'devices', (select coalesce(jsonb_agg(to_jsonb(d) order by d.down + d.up desc, d.device_id), '[]') from (
        select g.device_id, g.router_id, g.person_id, least(g.down, most) as down, least(g.up, most) as up
        from devices g order by g.down + g.up desc, g.device_id limit 1000) d),
      'people', (select coalesce(jsonb_agg(to_jsonb(p) order by p.down + p.up desc, p.person_id), '[]') from (
        select g.person_id, least(g.down, most) as down, least(g.up, most) as up from people g) p),
      'others', (select jsonb_build_object('down', least(coalesce(sum(used.down), 0), most), 'up', least(coalesce(sum(used.up), 0), most))
        from used where used.device_id is null)));
end
$$;
