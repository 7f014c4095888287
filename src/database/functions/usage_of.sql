-- What was used on routers of one home since then, by step and MAC, with the device and the person whose MAC it is (null: not in the inventory);
-- of all, of a device (by the id of any of its parts), or of a person. A MAC that several routers counted is counted once: on the way through an access
-- point and the router behind it are the same bytes. So what a router counted that has the way to the internet itself is what counts, and each of
-- them has others; of the rest, or if no such router knows the MAC, the one that counted most. Minutes of two routers do not end together, so
-- for them the whole time decides which routers count.
create or replace function usage_of(
  of_user uuid, of_routers varchar[], of_device uuid, of_person uuid, since timestamptz, step text, zone text)
returns table (at timestamptz, mac macaddr, device_id uuid, router_id varchar, person_id uuid, down bigint, up bigint)
language sql stable
-- Without statistics the planner expects a row or two, and would compare each with each.
set enable_nestloop = off
as $$
  with used as materialized (
    select s.router_id, s.at, s.mac, sum(s.down) as down, sum(s.up) as up, coalesce(f.internet <> 'none', false) as routes
    from usage_steps(of_user, of_routers, since, step, zone) s
    left join router_facts f on f.user_id = of_user and f.router_id = s.router_id
    group by s.router_id, s.at, s.mac, f.internet
  ), once as (
    select c.at, c.mac,
      case when c.is_routed then sum(c.down) else max(c.down) end as down, case when c.is_routed then sum(c.up) else max(c.up) end as up
    from (
      select u.*, u.mac <> '00:00:00:00:00:00' and bool_or(u.routes) over (partition by u.mac, case when step <> 'minute' then u.at end) as is_routed
      from used u
    ) c
    where c.routes or not c.is_routed
    group by c.at, c.mac, c.is_routed
  ), seen as (
    select u.mac, u.router_id, u.routes, sum(u.down + u.up) as bytes from used u group by u.mac, u.router_id, u.routes
  ), owner as (
    select d.mac, (array_agg(w.id order by s.routes desc nulls last, s.bytes desc nulls last, w.id))[1] as device_id,
      (array_agg(w.router_id order by s.routes desc nulls last, s.bytes desc nulls last, w.id))[1] as router_id,
      (array_agg(w.person_id order by s.routes desc nulls last, s.bytes desc nulls last, w.id)
        filter (where w.person_id is not null))[1] as person_id,
      coalesce(bool_or(of_device in (d.id, w.id, d.shown_as)), false) as is_asked
    from user_devices d
    join user_devices w on w.user_id = of_user and w.id = coalesce(d.shown_as, d.id)
    left join seen s on s.mac = d.mac and s.router_id = d.router_id
    where d.user_id = of_user and d.router_id = any (of_routers) and d.mac in (select used.mac from used)
    group by d.mac
  )
  select o.at, o.mac, w.device_id, w.router_id, w.person_id,
    least(o.down, 9007199254740991)::bigint, least(o.up, 9007199254740991)::bigint
  from once o left join owner w on w.mac = o.mac
  where (of_device is null or w.is_asked) and (of_person is null or w.person_id = of_person)
$$;
