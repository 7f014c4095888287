-- Whether a complete scan says nothing but what is stored, so that there is nothing to write: every neighbour is known as it is,
-- no other device stays, and nobody has another address. (This is what nearly every scan comes to. Arrays are planned for ten
-- elements, and a new home for one device: loops of lookups would be taken for cheap.)
create or replace function is_as_before(
  owner_id uuid, at_router varchar, router_mac macaddr, seen_macs macaddr[], seen_ips inet[], seen_online boolean[],
  seen_hostnames varchar[], seen_manufacturers varchar[]
) returns boolean
language plpgsql stable set enable_nestloop = off as $$
begin
  return (
    select coalesce(bool_and((case
      -- What is stored and not said: nobody is there, and a device that is said has no other addresses.
      when s.mac is null then not known.stays and (known.ip is null or (known.mac in (select unnest(seen_macs))) is not true)
      when known.id is null then false
      else (s.hostname is null or s.hostname = known.hostname)
        and (s.manufacturer is null or known.manufacturer is not null)
        and known.is_router = coalesce(known.mac = router_mac, known.is_router)
        and (known.ip is null or known.is_online = s.is_online)
        and known.stays = (s.is_online or known.mac in (
          select o.mac from unnest(seen_macs, seen_online) o(mac, is_online) where o.is_online))
    end) is true), true)
    from unnest(seen_macs, seen_ips, seen_online, seen_hostnames, seen_manufacturers)
      s(mac, ip, is_online, hostname, manufacturer)
    full join (
      select d.id, d.mac, d.hostname, d.manufacturer, d.is_router, a.ip, a.is_online, p.device_id is not null as stays
      from user_devices d
      left join device_addresses a on a.user_id = owner_id and a.router_id = at_router and a.device_id = d.id and a.is_current
      left join device_presence p on p.user_id = owner_id and p.router_id = at_router and p.device_id = d.id and p.offline_at is null
      where d.user_id = owner_id and d.router_id = at_router
    ) known on known.mac = s.mac and coalesce(known.ip, '0.0.0.0') = s.ip);
end
$$;
