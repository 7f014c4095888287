-- Stores what a router reports of its network, in one statement. A neighbour is one address of one MAC: {mac, ip, online,
-- hostname, manufacturer}. After a complete scan all other devices are gone. Gives no row if the user has no such router.
-- See src/devices/scan.ts. (Plans made for one user would take a new user, unknown to the statistics,
-- for one with a single row.)
create or replace function record_scan(
  owner_id uuid, at_router varchar, said_at timestamptz, is_complete boolean, neighbours jsonb
) returns table (discovered integer, came_online integer, went_offline integer, moved integer, raised_revision bigint)
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  revision bigint;
  at_time timestamptz;
  router_mac macaddr;
  -- One place for each neighbour, the same in all of them.
  seen_macs macaddr[];
  seen_ips inet[];
  seen_online boolean[];
  seen_hostnames varchar[];
  seen_manufacturers varchar[];
  seen_ids uuid[];
  introduced uuid[];
  changed uuid[];
begin
  perform set_config('netpilot.user_id', owner_id::text, true);
  -- The lock that every change of the policy takes too: scans of one router follow one another.
  select p.policy_revision into revision from router_policies p
    where p.user_id = owner_id and p.router_id = at_router for no key update;
  if not found then
    return;
  end if;
  at_time := coalesce(said_at, clock_timestamp());

  select array_agg(n.mac), array_agg(n.ip), array_agg(n.online), array_agg(n.hostname), array_agg(n.manufacturer)
  into seen_macs, seen_ips, seen_online, seen_hostnames, seen_manufacturers
  from jsonb_to_recordset(neighbours) n (mac macaddr, ip inet, online boolean, hostname varchar, manufacturer varchar);
  seen_ids := find_devices(owner_id, at_router, seen_macs);
  if array_position(seen_ids, null) is not null then
    introduced := introduce_devices(
      owner_id, at_router, at_time, seen_ids, seen_macs, seen_ips, seen_online, seen_hostnames, seen_manufacturers);
    seen_ids := find_devices(owner_id, at_router, seen_macs);
  end if;

  -- What a device says of itself, last. What people say of it is theirs.
  select r.lan_mac into router_mac
    from user_routers r where r.user_id = owner_id and r.router_id = at_router;
  update user_devices d
  set hostname = coalesce(s.hostname, d.hostname), manufacturer = coalesce(d.manufacturer, s.manufacturer),
    is_router = coalesce(d.mac = router_mac, d.is_router)
  from (
    select u.id, max(u.manufacturer) as manufacturer,
      (array_agg(u.hostname order by u.place desc) filter (where u.hostname is not null))[1] as hostname
    from unnest(seen_ids, seen_hostnames, seen_manufacturers) with ordinality u(id, hostname, manufacturer, place)
    group by u.id
  ) s
  where d.user_id = owner_id and d.id = s.id
    and (d.hostname is distinct from coalesce(s.hostname, d.hostname)
      or d.manufacturer is null and s.manufacturer is not null
      or d.is_router <> (d.mac = router_mac));

  changed := array_cat(
    claim_addresses(owner_id, at_router, at_time, is_complete, seen_ids, seen_ips, seen_online),
    note_presence(owner_id, at_router, at_time, is_complete, seen_ids, seen_online));

  with settled as (
    select * from settle_devices(owner_id, at_router, array_cat(seen_ids, changed))
    where device_id <> all (coalesce(introduced, '{}'))
  ), event as (
    insert into events (user_id, type, router_id, subject_id, data)
    select owner_id, change.type, at_router, s.device_id, change.data
    from settled s, lateral (values
      ('device.online', not s.was_online and s.online_now, jsonb_build_object('ip', host(s.ip_now))),
      ('device.offline', s.was_online and not s.online_now, jsonb_build_object('ip', host(s.ip_now))),
      -- One whose address was not known has not moved.
      ('device.moved', s.ip_before not in ('0.0.0.0', s.ip_now),
        jsonb_build_object('ip', host(s.ip_now), 'before', host(s.ip_before)))
    ) change (type, is_so, data)
    where change.is_so
  )
  select coalesce(cardinality(introduced), 0), count(*) filter (where not s.was_online and s.online_now),
    count(*) filter (where s.was_online and not s.online_now), count(*) filter (where s.ip_before not in ('0.0.0.0', s.ip_now))
  into discovered, came_online, went_offline, moved
  from settled s;

  select nullif(p.policy_revision, revision) into raised_revision from router_policies p
    where p.user_id = owner_id and p.router_id = at_router;
  return next;
end
$$;
