-- Updates the rows of devices by their addresses and stays; gives those that came, left or moved. Of several addresses
-- the row shows an IPv4 one before any other, one for the whole network before a link-local one, one where it is online, and
-- the one that came last; of IPv6 ones the first, as temporary ones come every day. What was online until now was seen by the
-- last complete scan. (Lateral joins, because the plan of a prepared statement guesses how long an array is, and one index
-- probe for each device is right for any length.)
create or replace function settle_devices(owner_id uuid, at_router varchar, part_ids uuid[])
returns table (device_id uuid, ip_before inet, ip_now inet, was_online boolean, online_now boolean)
language plpgsql as $$
declare
  scanned_before timestamptz;
  ids uuid[];
  ips inet[];
  seens timestamptz[];
  onlines boolean[];
  ips_before inet[];
  onlines_before boolean[];
begin
  if coalesce(cardinality(part_ids), 0) = 0 then
    return;
  end if;
  select r.devices_seen_at into scanned_before from user_routers r where r.user_id = owner_id and r.router_id = at_router;
  select array_agg(d.id), array_agg(held.ip), array_agg(seen.last_seen), array_agg(present.is_so),
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
    select (array_agg(a.ip order by family(a.ip), a.ip <<= 'fe80::/10', a.is_online desc,
      case when family(a.ip) = 4 or not a.is_online then a.last_seen end desc, a.first_seen, a.ip))[1] as ip,
      max(a.last_seen) as last_seen
    from device_addresses a where a.user_id = owner_id and a.device_id = any (part.ids) and a.is_current
  ) held
  cross join lateral (
    select count(*) > 0 as is_so, max(s.online_at) as since from device_presence s
    where s.user_id = owner_id and s.router_id = at_router and s.device_id = any (part.ids) and s.offline_at is null
  ) present
  cross join lateral (
    select greatest(held.last_seen, present.since, case when d.is_online and not present.is_so then scanned_before end)
      as last_seen
  ) seen
  where (held.ip, held.ip is not null, present.is_so) is distinct from (d.ip, d.holds_ip, d.is_online)
    or seen.last_seen > d.last_seen;

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
