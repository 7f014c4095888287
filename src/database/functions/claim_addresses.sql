-- Gives each device the addresses it was seen with, and takes them from all others; gives the devices of which an address
-- changed.
create or replace function claim_addresses(
  owner_id uuid, at_router varchar, at_time timestamptz, scanned_before timestamptz, is_complete boolean, seen_ids uuid[],
  seen_ips inet[], seen_online boolean[]
) returns uuid[]
language plpgsql as $$
declare
  fresh_ids uuid[];
  fresh_ips inet[];
  losers uuid[];
  present uuid[];
begin
  -- One address has one holder: who is online with it, else the one named last. So an event that a device is offline
  -- does not take the address from another that stays online with it.
  with claim as (
    select distinct on (s.ip) s.id, s.ip, s.is_online
    from unnest(seen_ids, seen_ips, seen_online) with ordinality s(id, ip, is_online, place)
    where s.ip <> '0.0.0.0' -- not known: on an access point only its MAC is
    order by s.ip, s.is_online desc, s.place desc
  )
  select array_agg(c.id), array_agg(c.ip) into fresh_ids, fresh_ips
  from claim c
  where not exists (
    select from device_addresses a where a.user_id = owner_id and a.device_id = c.id and a.ip = c.ip and a.is_current)
    and (c.is_online or is_complete or not exists (
      select from device_addresses a
      join device_presence p on p.user_id = owner_id and p.router_id = at_router and p.device_id = a.device_id
        and p.offline_at is null
      where a.user_id = owner_id and a.router_id = at_router and a.ip = c.ip and a.is_current and not exists (
        select from unnest(seen_ids, seen_ips, seen_online) s(id, ip, is_online) where s.id = a.device_id
        having bool_or(s.ip = a.ip) or not bool_or(s.is_online))));

  with lost as (
    update device_addresses a set is_current = false, is_online = false,
      last_seen = case when a.is_online then greatest(a.last_seen, scanned_before) else a.last_seen end
    from unnest(fresh_ids, fresh_ips) f(id, ip)
    where a.user_id = owner_id and a.router_id = at_router and a.ip = f.ip and a.is_current and a.device_id <> f.id
    returning a.device_id
  )
  select array_agg(l.device_id) into losers from lost l;
  insert into device_addresses (user_id, device_id, ip, router_id, first_seen, last_seen, is_current)
  select owner_id, f.id, f.ip, at_router, at_time, at_time, true from unnest(fresh_ids, fresh_ips) f(id, ip)
  on conflict (user_id, device_id, ip) do update set is_current = true;
  -- (Materialized: otherwise it is found out again for each address.)
  with kept as materialized (
    select f.id, (
      select b.last_seen from device_addresses b where b.user_id = owner_id and b.device_id = f.id
      order by b.last_seen desc offset most_history() limit 1) as last_seen
    from (select distinct u.id from unnest(fresh_ids) u(id)) f
  )
  delete from device_addresses a using kept
  where kept.last_seen is not null and a.user_id = owner_id and a.device_id = kept.id and not a.is_current and a.last_seen <= kept.last_seen;
  update user_devices d set holds_ip = false
  from unnest(fresh_ids, fresh_ips) f(id, ip)
  where d.user_id = owner_id and d.router_id = at_router and d.ip = f.ip and d.holds_ip and d.id <> f.id;

  -- What stays online after a complete scan is not written again: see the view devices_now.
  with online as (
    update device_addresses a set is_online = true, last_seen = greatest(a.last_seen, at_time)
    from unnest(seen_ids, seen_ips, seen_online) s(id, ip, is_online)
    where s.is_online and a.user_id = owner_id and a.device_id = s.id and a.ip = s.ip and a.is_current
      and (not a.is_online or not is_complete and a.last_seen < at_time)
    returning a.device_id
  )
  select array_agg(o.device_id) into present from online o;
  return coalesce(fresh_ids, '{}') || coalesce(losers, '{}') || coalesce(present, '{}');
end
$$;
