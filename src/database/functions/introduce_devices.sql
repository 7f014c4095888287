-- Inserts the devices that were never seen before, without an address yet; gives their ids. One that another router of the home
-- knows is of the same person here; it is not new, unless it is blocked there: nobody has decided on it here.
create or replace function introduce_devices(
  owner_id uuid, at_router varchar, at_time timestamptz, seen_ids uuid[], seen_macs macaddr[], seen_ips inet[],
  seen_online boolean[], seen_hostnames varchar[], seen_manufacturers varchar[]
) returns uuid[]
language plpgsql as $$
declare
  known record;
  recognised uuid[] := '{}';
  introduced uuid[];
  is_crowded boolean;
begin
  for known in
    with claim as (
      select distinct on (s.ip) s.id, s.mac, s.ip
      from unnest(seen_ids, seen_macs, seen_ips, seen_online) with ordinality s(id, mac, ip, is_online, place)
      order by s.ip, s.is_online desc, s.place desc)
    select distinct on (c.mac) d.id, c.mac
    from claim c
    join user_devices d on d.user_id = owner_id and d.router_id = at_router and d.ip = c.ip and d.mac is null
      and d.holds_ip
    where c.id is null
    order by c.mac, family(c.ip), c.ip
  loop
    perform recognise_device(owner_id, at_router, known.id, known.mac);
    recognised := recognised || known.id;
  end loop;

  is_crowded := make_room(owner_id, at_router, seen_ids,
    (select count(distinct s.mac) from unnest(seen_ids, seen_macs) s(id, mac) where s.id is null));
  with other_router as (
    select r.router_id from user_routers here
    join user_routers r on r.user_id = here.user_id and r.home_id = here.home_id and r.router_id <> here.router_id
    where here.user_id = owner_id and here.router_id = at_router
  ), newcomer as (
    select s.mac, (array_agg(s.ip order by family(s.ip), s.place))[1] as ip,
      (array_agg(s.hostname order by s.place desc) filter (where s.hostname is not null))[1] as hostname,
      max(s.manufacturer) as manufacturer, min(s.place) as place
    from unnest(seen_ids, seen_macs, seen_ips, seen_hostnames, seen_manufacturers)
      with ordinality s(id, mac, ip, hostname, manufacturer, place)
    where s.id is null
    group by s.mac
  ), device as (
    insert into user_devices
      (user_id, router_id, mac, ip, holds_ip, hostname, manufacturer, first_seen, last_seen, person_id, reviewed_at)
    select owner_id, at_router, n.mac, n.ip, false, n.hostname, n.manufacturer, at_time, at_time, elsewhere.person_id, elsewhere.reviewed_at
    from newcomer n
    cross join lateral (
      select (array_agg(whole.person_id order by whole.reviewed_at, whole.id) filter (where whole.person_id is not null))[1] as person_id,
        case when not bool_or(exists (
          select from user_blocked_devices b
          where b.user_id = owner_id and b.router_id = whole.router_id and b.is_active
            and (b.device_mac = n.mac or b.device_id in (part.id, whole.id)))) then min(whole.reviewed_at) end as reviewed_at
      from other_router o
      join user_devices part on part.user_id = owner_id and part.router_id = o.router_id and part.mac = n.mac
      join user_devices whole on whole.user_id = owner_id and whole.id = coalesce(part.shown_as, part.id)
      where not whole.is_router
    ) elsewhere
    order by n.place
    on conflict (user_id, router_id, mac) do nothing
    returning *
  ), discovery as (
    select id, jsonb_build_object(
      'mac', mac, 'ip', host(ip), 'hostname', hostname, 'manufacturer', manufacturer, 'random', is_random_mac(mac)) as data
    from device
  ), entry as (
    insert into audit_entries (user_id, actor, action, router_id, subject_id, details)
    select owner_id, 'router', 'device.discovered', at_router, id, data from discovery where not is_crowded
  ), event as (
    insert into events (user_id, type, router_id, subject_id, data)
    select owner_id, 'device.discovered', at_router, id, data from discovery where is_crowded
  )
  select array_agg(id) into introduced from device;

  -- Entries may have named a MAC before it was seen.
  update user_whitelists e set device_id = d.id from user_devices d
    where e.user_id = owner_id and e.router_id = at_router and e.device_id is null and e.device_mac = d.mac
      and d.user_id = owner_id and d.id = any (recognised || introduced);
  update user_blacklists e set device_id = d.id from user_devices d
    where e.user_id = owner_id and e.router_id = at_router and e.device_id is null and e.device_mac = d.mac
      and d.user_id = owner_id and d.id = any (recognised || introduced);
  update user_blocked_devices e set device_id = d.id from user_devices d
    where e.user_id = owner_id and e.router_id = at_router and e.device_id is null and e.device_mac = d.mac
      and e.is_active and d.user_id = owner_id and d.id = any (recognised || introduced);
  -- Rules hold for newcomers too; an agent that knows no newcomers must be told of each.
  if introduced is not null then
    perform raise_home(owner_id, r.home_id, at_router, '{everyone,network}') from user_routers r
      where r.user_id = owner_id and r.router_id = at_router and ('networks' = any (r.agent_features)) is not true;
  end if;
  return introduced;
end
$$;
