-- Stores what a router reports of its network, in one statement. A neighbour is one address of one MAC; the arrays have one
-- place for each. After a complete scan all other devices are gone. Gives no row if the user has no such router, or it is said on a
-- connection that counts no more.
-- See src/devices/scan.ts. (Plans made for one user would take a new user, unknown to the statistics,
-- for one with a single row.)
create or replace function record_scan(
  owner_id uuid, at_router varchar, said_at timestamptz, is_complete boolean, seen_macs macaddr[], seen_ips inet[],
  seen_online boolean[], seen_hostnames varchar[], seen_manufacturers varchar[],
  of_connection uuid default null
) returns table (discovered integer, came_online integer, went_offline integer, moved integer, raised_revision bigint)
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  revision bigint;
  at_time timestamptz;
  is_wanted boolean;
  router_mac macaddr;
  scanned_before timestamptz;
  seen_ids uuid[];
  known boolean[];
  new_ids uuid[];
  new_ips inet[];
  new_online boolean[];
  introduced uuid[];
  changed uuid[];
begin
  perform set_config('netpilot.user_id', owner_id::text, true);
  if of_connection is not null and not is_counting(owner_id, at_router, of_connection) then
    return;
  end if;
  if is_complete then
    -- Its row is written in the end, and is always locked before its policy.
    select r.scan_wanted_at is not null into is_wanted from user_routers r
      where r.user_id = owner_id and r.router_id = at_router for no key update;
  end if;
  -- The lock that every change of the policy takes too: scans of one router follow one another.
  select p.policy_revision into revision from router_policies p
    where p.user_id = owner_id and p.router_id = at_router for no key update;
  if not found then
    return;
  end if;
  at_time := coalesce(said_at, clock_timestamp());
  select r.lan_mac, r.devices_seen_at into router_mac, scanned_before
    from user_routers r where r.user_id = owner_id and r.router_id = at_router;

  if is_complete
    and is_as_before(owner_id, at_router, router_mac, seen_macs, seen_ips, seen_online, seen_hostnames, seen_manufacturers)
  then
    discovered := 0; came_online := 0; went_offline := 0; moved := 0;
    -- When it was scanned is all there is to lose in a crash, and the next scan says it anew: nobody waits for the disk.
    if not is_wanted then
      perform set_config('synchronous_commit', 'off', true);
    end if;
  else
    seen_ids := find_devices(owner_id, at_router, seen_macs);
    if array_position(seen_ids, null) is not null then
      introduced := introduce_devices(
        owner_id, at_router, at_time, seen_ids, seen_macs, seen_ips, seen_online, seen_hostnames, seen_manufacturers);
      seen_ids := find_devices(owner_id, at_router, seen_macs);
    end if;
    -- Of a complete scan, only those who are not where they were, and who has to do with them: the same device or address.
    if is_complete then
      known := array(
        select ((s.id, s.ip, s.is_online) in (
          select a.device_id, a.ip, a.is_online from device_addresses a
          where a.user_id = owner_id and a.router_id = at_router and a.is_current)) is true
        from unnest(seen_ids, seen_ips, seen_online) s(id, ip, is_online));
      select array_agg(s.id), array_agg(s.ip), array_agg(s.is_online) into new_ids, new_ips, new_online
      from unnest(seen_ids, seen_ips, seen_online) s(id, ip, is_online)
      where (s.id in (select n.id from unnest(seen_ids, known) n(id, is_known) where not n.is_known)) is true
        or (s.ip in (select n.ip from unnest(seen_ips, known) n(ip, is_known) where not n.is_known)) is true;
    else
      new_ids := seen_ids; new_ips := seen_ips; new_online := seen_online;
    end if;

    -- What a device says of itself, last. What people say of it is theirs.
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

    perform keep_imported_addresses(owner_id, at_router, new_ids);
    changed := release_addresses(owner_id, at_router, scanned_before, is_complete, seen_ids, seen_ips, seen_online);
    changed := changed || claim_addresses(
      owner_id, at_router, at_time, scanned_before, is_complete, new_ids, new_ips, new_online);
    changed := changed || note_presence(owner_id, at_router, at_time, is_complete, seen_ids, seen_online);

    with settled as (
      select * from settle_devices(owner_id, at_router, changed)
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
  end if;
  if is_complete then
    -- Whatever is online was seen at this time: no row of its own says so again (see the view devices_now).
    perform finish_scan(owner_id, at_router, of_connection, at_time);
  end if;
  return next;
end
$$;
