-- Where the devices were before: what older records say, and the address a newer one has moved them from.
insert into device_addresses (user_id, device_id, ip, router_id, first_seen, last_seen)
select (select current_user_id()), h.id, h.ip, (select current_setting('netpilot.router_id')),
  min(h.first_seen), max(h.last_seen)
from (
  select p.id, s.ip, s.first_seen, s.last_seen
  from planned_devices p join staged_devices s using (identity)
  where (p.moved or p.ip <> p.merged_ip) and s.ip <> p.ip
  union all
  select p.id, p.known_ip, p.known_first_seen, p.known_last_seen
  from planned_devices p
  where p.claims and p.known_ip <> p.ip
) h
group by h.id, h.ip
on conflict (user_id, device_id, ip) do update
set first_seen = least(device_addresses.first_seen, excluded.first_seen),
  last_seen = greatest(device_addresses.last_seen, excluded.last_seen)
where excluded.first_seen < device_addresses.first_seen or excluded.last_seen > device_addresses.last_seen;
