-- Whether a complete scan says nothing but what is stored, so that there is nothing to write: every neighbour is known as it is,
-- no other device stays, and nobody has another address. (Hashed subqueries, because joins of arrays are planned
-- for ten elements; and no sorting: this is what nearly every scan comes to.)
create or replace function is_as_before(
  owner_id uuid, at_router varchar, router_mac macaddr, seen_macs macaddr[], seen_ips inet[], seen_online boolean[],
  seen_hostnames varchar[], seen_manufacturers varchar[]
) returns boolean
language plpgsql stable as $$
declare
  are_known boolean;
  device_ids uuid[];
  online_ids uuid[];
  places bigint;
begin
  select
    bool_and((
      d.id is not null
      and (s.hostname is null or s.hostname = d.hostname)
      and (s.manufacturer is null or d.manufacturer is not null)
      and d.is_router = coalesce(d.mac = router_mac, d.is_router)
      and (s.ip = '0.0.0.0' or (d.id, s.ip, s.is_online) in (
        select a.device_id, a.ip, a.is_online from device_addresses a
        where a.user_id = owner_id and a.router_id = at_router and a.is_current))
      and (not s.is_online or d.id in (
        select p.device_id from device_presence p
        where p.user_id = owner_id and p.router_id = at_router and p.offline_at is null))) is true),
    array_agg(d.id), array_agg(d.id) filter (where s.is_online), count(*) filter (where s.ip <> '0.0.0.0')
  into are_known, device_ids, online_ids, places
  from unnest(seen_macs, seen_ips, seen_online, seen_hostnames, seen_manufacturers)
    s(mac, ip, is_online, hostname, manufacturer)
  left join user_devices d on d.user_id = owner_id and d.router_id = at_router and d.mac = s.mac;
  return coalesce(are_known, true)
    and (
      select count(*) filter (where (p.device_id in (select unnest(online_ids))) is not true) from device_presence p
      where p.user_id = owner_id and p.router_id = at_router and p.offline_at is null) = 0
    -- More only if the scan says one twice: then it is not seen that nothing has changed, which does no harm.
    and places = (
      select count(*) filter (where a.device_id in (select unnest(device_ids))) from device_addresses a
      where a.user_id = owner_id and a.router_id = at_router and a.is_current);
end
$$;
