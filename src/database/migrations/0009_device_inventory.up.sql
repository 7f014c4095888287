-- The inventory: what scans say is on a network, since when and where; and which of it people say is one device.
-- A row of user_devices is one MAC. What a scan says of it goes to device_addresses and device_presence;
-- settle_devices() derives from these what the row of the device shows.

-- Two entries that somebody says are one device: the merged one is shown as the other, which then has the
-- addresses, presence, lists and blocks of both. Its own row rests, and is settled again when it is taken out.
alter table user_devices
  -- What the person said, so that it can be taken back, also where merged devices were merged again.
  add column merged_into uuid,
  -- The end of that chain: the device it is part of.
  add column shown_as uuid,
  add foreign key (user_id, merged_into) references user_devices (user_id, id) on delete cascade,
  add foreign key (user_id, shown_as) references user_devices (user_id, id) on delete cascade,
  add constraint user_devices_merged check (
    (merged_into is null) = (shown_as is null) and merged_into <> id and shown_as <> id),
  add constraint user_devices_part_rests check (shown_as is null or not (holds_ip or is_online));
create index user_devices_merged_into on user_devices (user_id, merged_into) where merged_into is not null;
create index user_devices_shown_as on user_devices (user_id, shown_as) where shown_as is not null;

-- An address that a scan saw stays current until the device has another, or another device has it.
alter table device_addresses add column is_current boolean not null default false;
alter table device_addresses set (fillfactor = 80); -- room to note each scan without touching an index
create unique index device_addresses_holder on device_addresses (user_id, router_id, ip) where is_current;
create index device_addresses_current on device_addresses (user_id, device_id) where is_current;

-- When a device was there: one row for each stay, its end null while it lasts.
create table device_presence (
  user_id uuid not null,
  device_id uuid not null,
  online_at timestamptz not null,
  offline_at timestamptz,
  router_id varchar(255) not null,
  primary key (user_id, device_id, online_at),
  foreign key (user_id, device_id) references user_devices (user_id, id) on delete cascade,
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  constraint device_presence_in_order check (online_at <= offline_at)
);
create unique index device_presence_open on device_presence (user_id, router_id, device_id) where offline_at is null;
select isolate_tenant_table('device_presence');

-- The second lowest bit of the first byte: whoever made this MAC up, it is of no manufacturer (IEEE 802, 8.2.2).
create function is_random_mac(mac macaddr) returns boolean
language sql immutable parallel safe
return mac & '02:00:00:00:00:00' <> '00:00:00:00:00:00';

-- The devices of these MACs, in their places; null where there is none.
create function find_devices(owner_id uuid, at_router varchar, seen_macs macaddr[]) returns uuid[]
language sql stable
return (
  select array_agg(d.id order by s.place)
  from unnest(seen_macs) with ordinality s(mac, place)
  left join user_devices d on d.user_id = owner_id and d.router_id = at_router and d.mac = s.mac);

-- A device that was known by its address only has told its MAC: what was said of it holds for the MAC from
-- now on. An entry whose place is taken, by one for that MAC, stays one for the address.
create function recognise_device(owner_id uuid, at_router varchar, known_id uuid, known_mac macaddr) returns void
language plpgsql as $$
declare
  device user_devices%rowtype;
  has_entries boolean;
begin
  update user_devices set mac = known_mac where user_id = owner_id and id = known_id returning * into device;
  with allowed as (
    update user_whitelists e set device_mac = known_mac
    where e.user_id = owner_id and e.device_id = known_id and e.device_mac is null and not exists (
      select from user_whitelists o where o.user_id = owner_id and o.router_id = at_router and o.device_mac = known_mac)
    returning 1
  ), denied as (
    update user_blacklists e set device_mac = known_mac
    where e.user_id = owner_id and e.device_id = known_id and e.device_mac is null and not exists (
      select from user_blacklists o where o.user_id = owner_id and o.router_id = at_router and o.device_mac = known_mac)
    returning 1
  ), blocked as (
    update user_blocked_devices e set device_mac = known_mac
    where e.user_id = owner_id and e.device_id = known_id and e.device_mac is null and e.is_active and not exists (
      select from user_blocked_devices o
      where o.user_id = owner_id and o.router_id = at_router and o.device_mac = known_mac and o.is_active)
    returning 1
  )
  select exists (select from allowed union all select from denied union all select from blocked) into has_entries;
  if has_entries then
    with raised as (
      update router_policies set policy_revision = policy_revision + 1
      where user_id = owner_id and router_id = at_router returning *)
    insert into events (user_id, type, router_id, data)
    select user_id, 'policy.pending', router_id,
      jsonb_build_object('policy_revision', policy_revision, 'applied_revision', applied_revision) from raised;
  end if;
  with entry as (
    insert into audit_entries (user_id, actor, action, router_id, subject_id, details)
    values (owner_id, 'router', 'device.recognised', at_router, known_id,
      jsonb_build_object('mac', known_mac, 'ip', host(device.ip))) returning *)
  insert into events (user_id, type, router_id, subject_id, data)
  select user_id, action, router_id, subject_id, details from entry;
end
$$;

-- Devices that were never seen before; gives their ids. They hold no address yet.
create function introduce_devices(
  owner_id uuid, at_router varchar, at_time timestamptz, seen_ids uuid[], seen_macs macaddr[], seen_ips inet[],
  seen_hostnames varchar[], seen_manufacturers varchar[]
) returns uuid[]
language plpgsql as $$
declare
  known record;
  introduced uuid[];
begin
  for known in
    with claim as (
      select distinct on (s.ip) s.id, s.mac, s.ip
      from unnest(seen_ids, seen_macs, seen_ips) with ordinality s(id, mac, ip, place)
      order by s.ip, s.place desc)
    select distinct on (c.mac) d.id, c.mac
    from claim c
    join user_devices d on d.user_id = owner_id and d.router_id = at_router and d.ip = c.ip and d.mac is null
      and d.holds_ip
    where c.id is null
    order by c.mac, family(c.ip), c.ip
  loop
    perform recognise_device(owner_id, at_router, known.id, known.mac);
  end loop;

  with device as (
    insert into user_devices
      (user_id, router_id, mac, ip, holds_ip, hostname, manufacturer, first_seen, last_seen)
    select owner_id, at_router, s.mac, (array_agg(s.ip order by family(s.ip), s.place))[1], false,
      max(s.hostname), max(s.manufacturer), at_time, at_time
    from unnest(seen_ids, seen_macs, seen_ips, seen_hostnames, seen_manufacturers)
      with ordinality s(id, mac, ip, hostname, manufacturer, place)
    where s.id is null
    group by s.mac
    order by min(s.place)
    on conflict (user_id, router_id, mac) do nothing
    returning *
  ), entry as (
    insert into audit_entries (user_id, actor, action, router_id, subject_id, details)
    select owner_id, 'router', 'device.discovered', at_router, id, jsonb_build_object(
      'mac', mac, 'ip', host(ip), 'hostname', hostname, 'manufacturer', manufacturer, 'random', is_random_mac(mac))
    from device
    returning *
  ), event as (
    insert into events (user_id, type, router_id, subject_id, data)
    select user_id, action, router_id, subject_id, details from entry
  )
  select array_agg(id) into introduced from device;

  -- Entries may have named a MAC before it was seen.
  update user_whitelists e set device_id = d.id from user_devices d
    where e.user_id = owner_id and e.router_id = at_router and e.device_id is null and e.device_mac = d.mac
      and d.user_id = owner_id and d.id = any (introduced);
  update user_blacklists e set device_id = d.id from user_devices d
    where e.user_id = owner_id and e.router_id = at_router and e.device_id is null and e.device_mac = d.mac
      and d.user_id = owner_id and d.id = any (introduced);
  update user_blocked_devices e set device_id = d.id from user_devices d
    where e.user_id = owner_id and e.router_id = at_router and e.device_id is null and e.device_mac = d.mac
      and e.is_active and d.user_id = owner_id and d.id = any (introduced);
  return introduced;
end
$$;

-- Brings the rows of devices up to what their addresses and stays say; gives those that came, left or moved. Of
-- several addresses the row has an IPv4 one before any other, one for the whole network before a link-local
-- one, and the one seen last. (Lateral throughout: the plan of a prepared statement guesses how long an array
-- is, and one index probe a device is right for any length.)
create function settle_devices(owner_id uuid, at_router varchar, part_ids uuid[])
returns table (device_id uuid, ip_before inet, ip_now inet, was_online boolean, online_now boolean)
language plpgsql as $$
declare
  ids uuid[];
  ips inet[];
  seens timestamptz[];
  onlines boolean[];
  ips_before inet[];
  onlines_before boolean[];
begin
  select array_agg(d.id), array_agg(held.ip), array_agg(held.last_seen), array_agg(present.is_so),
    array_agg(d.ip), array_agg(d.is_online)
  into ids, ips, seens, onlines, ips_before, onlines_before
  from (
    select distinct coalesce(p.shown_as, p.id) as id
    from user_devices p where p.user_id = owner_id and p.id = any (part_ids)
  ) whole
  join user_devices d on d.user_id = owner_id and d.id = whole.id
  cross join lateral (
    select d.id || array(select p.id from user_devices p where p.user_id = owner_id and p.shown_as = d.id) as ids
  ) part
  cross join lateral (
    select (array_agg(a.ip order by family(a.ip), a.ip <<= 'fe80::/10', a.last_seen desc, a.first_seen, a.ip))[1] as ip,
      max(a.last_seen) as last_seen
    from device_addresses a where a.user_id = owner_id and a.device_id = any (part.ids) and a.is_current
  ) held
  cross join lateral (
    select exists (
      select from device_presence s
      where s.user_id = owner_id and s.router_id = at_router and s.device_id = any (part.ids) and s.offline_at is null
    ) as is_so
  ) present
  where (held.ip, held.ip is not null, present.is_so) is distinct from (d.ip, d.holds_ip, d.is_online)
    or held.last_seen > d.last_seen;

  -- Let go first: two devices may have swapped their addresses.
  update user_devices d set holds_ip = false
  from unnest(ids, ips, ips_before) n(id, ip, ip_before)
  where n.ip <> n.ip_before
    and d.user_id = owner_id and d.router_id = at_router and d.ip = n.ip and d.holds_ip and d.id <> n.id;

  return query
  update user_devices d
  set ip = coalesce(n.ip, d.ip), holds_ip = n.ip is not null, is_online = n.is_online,
    last_seen = greatest(d.last_seen, n.last_seen)
  from unnest(ids, ips, seens, onlines, ips_before, onlines_before)
    n(id, ip, last_seen, is_online, ip_before, was_online)
  where d.user_id = owner_id and d.id = n.id
  returning d.id, n.ip_before, d.ip, n.was_online, d.is_online;
end
$$;

-- Gives each device the addresses it was seen with, and what lost one its past; gives the devices that lost one.
create function claim_addresses(
  owner_id uuid, at_router varchar, at_time timestamptz, is_complete boolean, seen_ids uuid[], seen_ips inet[],
  seen_online boolean[]
) returns uuid[]
language plpgsql as $$
declare
  fresh_ids uuid[];
  fresh_ips inet[];
  losers uuid[];
begin
  -- Where a device was before it was ever scanned, as an import has it, becomes part of its history.
  insert into device_addresses (user_id, device_id, ip, router_id, first_seen, last_seen, is_current)
  select owner_id, d.id, d.ip, at_router, d.first_seen, d.last_seen, d.holds_ip
  from user_devices d
  where d.user_id = owner_id and d.id = any (seen_ids)
    and not exists (
      select from device_addresses a where a.user_id = owner_id and a.device_id = d.id and a.ip = d.ip)
    and d.shown_as is null and not exists (
      select from user_devices p where p.user_id = owner_id and p.shown_as = d.id)
  on conflict do nothing;

  -- One address has one holder: of two in the same scan the one named last.
  with claim as (
    select distinct on (s.ip) s.id, s.ip
    from unnest(seen_ids, seen_ips) with ordinality s(id, ip, place)
    order by s.ip, s.place desc
  )
  select array_agg(c.id), array_agg(c.ip) into fresh_ids, fresh_ips
  from claim c
  where not exists (
    select from device_addresses a where a.user_id = owner_id and a.device_id = c.id and a.ip = c.ip and a.is_current);

  with lost as (
    update device_addresses a set is_current = false
    from unnest(fresh_ids, fresh_ips) f(id, ip)
    where a.user_id = owner_id and a.router_id = at_router and a.ip = f.ip and a.is_current and a.device_id <> f.id
    returning a.device_id
  )
  select array_agg(l.device_id) into losers from lost l;
  if is_complete then
    update device_addresses a set is_current = false
    from (select u.id, array_agg(u.ip) as ips from unnest(seen_ids, seen_ips) u(id, ip) group by u.id) s
    where a.user_id = owner_id and a.device_id = s.id and a.is_current and a.ip <> all (s.ips);
  end if;
  insert into device_addresses (user_id, device_id, ip, router_id, first_seen, last_seen, is_current)
  select owner_id, f.id, f.ip, at_router, at_time, at_time, true from unnest(fresh_ids, fresh_ips) f(id, ip)
  on conflict (user_id, device_id, ip) do update set is_current = true;
  update user_devices d set holds_ip = false
  from unnest(fresh_ids, fresh_ips) f(id, ip)
  where d.user_id = owner_id and d.router_id = at_router and d.ip = f.ip and d.holds_ip and d.id <> f.id;
  update device_addresses a set last_seen = at_time
  from unnest(seen_ids, seen_ips, seen_online) s(id, ip, is_online)
  where s.is_online and a.user_id = owner_id and a.device_id = s.id and a.ip = s.ip and a.last_seen < at_time;
  return losers;
end
$$;

-- Begins and ends stays; gives the devices that left.
create function note_presence(
  owner_id uuid, at_router varchar, at_time timestamptz, is_complete boolean, seen_ids uuid[], seen_online boolean[]
) returns uuid[]
language plpgsql as $$
declare
  leavers uuid[];
begin
  with seen as materialized (
    select u.id, bool_or(u.is_online) as is_online from unnest(seen_ids, seen_online) u(id, is_online) group by u.id
  ), gone as (
    update device_presence p set offline_at = greatest(p.online_at, at_time)
    where p.user_id = owner_id and p.router_id = at_router and p.offline_at is null
      and not exists (select from seen s where s.id = p.device_id and s.is_online)
      and (is_complete or exists (select from seen s where s.id = p.device_id))
    returning p.device_id
  ), come as (
    insert into device_presence (user_id, device_id, online_at, router_id)
    select owner_id, s.id, at_time, at_router
    from seen s
    where s.is_online and not exists (
      select from device_presence p
      where p.user_id = owner_id and p.router_id = at_router and p.device_id = s.id and p.offline_at is null)
    on conflict (user_id, device_id, online_at) do update set offline_at = null
  )
  select array_agg(g.device_id) into leavers from gone g;
  return leavers;
end
$$;

-- Stores what a router says is on its network, in one statement: one sighting is one address of one MAC, its
-- place in each of the arrays the same. A complete scan also says that all others are gone. Gives no row where
-- the user has no such router. See src/devices/scan.ts. (Plans made for one user would take a new user, of whom
-- the statistics know nothing yet, for one with a single row.)
create function record_scan(
  owner_id uuid, at_router varchar, said_at timestamptz, is_complete boolean, seen_macs macaddr[],
  seen_ips inet[], seen_online boolean[], seen_hostnames varchar[], seen_manufacturers varchar[]
) returns table (discovered integer, came_online integer, went_offline integer, moved integer, raised_revision bigint)
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  revision bigint;
  at_time timestamptz;
  router_mac macaddr;
  seen_ids uuid[];
  introduced uuid[];
  changed uuid[];
begin
  perform set_config('netpilot.user_id', owner_id::text, true);
  -- First of all the lock that every change of the policy takes too: scans of one router follow one another.
  select p.policy_revision into revision from router_policies p
    where p.user_id = owner_id and p.router_id = at_router for no key update;
  if not found then
    return;
  end if;
  at_time := coalesce(said_at, clock_timestamp());

  seen_ids := find_devices(owner_id, at_router, seen_macs);
  if array_position(seen_ids, null) is not null then
    introduced := introduce_devices(
      owner_id, at_router, at_time, seen_ids, seen_macs, seen_ips, seen_hostnames, seen_manufacturers);
    seen_ids := find_devices(owner_id, at_router, seen_macs);
  end if;

  -- What it says of itself. What people say of it is theirs.
  -- (user_routers has its lan_mac from the next migration on.)
  select (to_jsonb(r) ->> 'lan_mac')::macaddr into router_mac
    from user_routers r where r.user_id = owner_id and r.router_id = at_router;
  update user_devices d
  set hostname = coalesce(s.hostname, d.hostname), manufacturer = coalesce(d.manufacturer, s.manufacturer),
    is_router = coalesce(d.mac = router_mac, d.is_router)
  from (
    select u.id, max(u.hostname) as hostname, max(u.manufacturer) as manufacturer
    from unnest(seen_ids, seen_hostnames, seen_manufacturers) u(id, hostname, manufacturer) group by u.id
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
      ('device.moved', s.ip_before <> s.ip_now,
        jsonb_build_object('ip', host(s.ip_now), 'before', host(s.ip_before)))
    ) change (type, is_so, data)
    where change.is_so
  )
  select coalesce(cardinality(introduced), 0), count(*) filter (where not s.was_online and s.online_now),
    count(*) filter (where s.was_online and not s.online_now), count(*) filter (where s.ip_before <> s.ip_now)
  into discovered, came_online, went_offline, moved
  from settled s;

  select nullif(p.policy_revision, revision) into raised_revision from router_policies p
    where p.user_id = owner_id and p.router_id = at_router;
  return next;
end
$$;
