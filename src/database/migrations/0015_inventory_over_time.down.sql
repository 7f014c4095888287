create or replace function delete_expired() returns table (deleted_from text, deleted bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform set_config('netpilot.maintenance', 'on', true);
  delete from user_sessions where expires_at < now() - interval '30 days';
  get diagnostics deleted = row_count; deleted_from := 'user_sessions'; return next;
  delete from sign_in_attempts where expires_at < now();
  get diagnostics deleted = row_count; deleted_from := 'sign_in_attempts'; return next;
  delete from local_sign_in_links where expires_at < now();
  get diagnostics deleted = row_count; deleted_from := 'local_sign_in_links'; return next;
  delete from idempotency_keys where created_at < now() - interval '24 hours';
  get diagnostics deleted = row_count; deleted_from := 'idempotency_keys'; return next;
  -- An hour longer than it works: the page that shows how linking goes may still be open.
  delete from pairing_codes where expires_at < now() - interval '1 hour';
  get diagnostics deleted = row_count; deleted_from := 'pairing_codes'; return next;
  delete from events where at < now() - interval '24 hours';
  get diagnostics deleted = row_count; deleted_from := 'events'; return next;
  perform set_config('netpilot.maintenance', '', true);
end
$$;

-- A device that was known by its address only has told its MAC: what was said of it holds for the MAC from
-- now on. An entry whose place is taken, by one for that MAC, stays one for the address.
create or replace function recognise_device(owner_id uuid, at_router varchar, known_id uuid, known_mac macaddr) returns void
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
create or replace function introduce_devices(
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

-- Gives each device the addresses it was seen with, and what lost one its past; gives the devices that lost one.
create or replace function claim_addresses(
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
create or replace function note_presence(
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

drop function make_room(uuid, varchar, uuid[], bigint);
drop function most_history();
alter table user_devices drop column recognised_ip, drop column imported_at;
