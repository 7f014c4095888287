-- Where the devices were: what older records say, and the address a newer one has moved them from. For a device
-- that was scanned, also where it is: its row follows the scans, and may soon have another address.
insert into device_addresses (user_id, device_id, ip, router_id, first_seen, last_seen, is_current)
select (select current_user_id()), h.id, h.ip, (select current_setting('netpilot.router_id')),
  min(h.first_seen), max(h.last_seen), bool_or(h.is_current)
from (
  select p.id, s.ip, s.first_seen, s.last_seen, false as is_current
  from planned_devices p join staged_devices s using (identity)
  where (p.moved or p.ip <> p.merged_ip) and s.ip <> p.ip and s.ip <> '0.0.0.0'
  union all
  select p.id, p.known_ip, p.known_first_seen, p.known_last_seen, false
  from planned_devices p
  where p.claims and p.known_ip <> p.ip and p.known_ip <> '0.0.0.0'
  union all
  select p.id, s.ip, s.first_seen, s.last_seen,
    p.claims and not exists (select from lost_addresses l where l.id = p.id and l.ip = p.ip)
  from planned_devices p join staged_devices s using (identity)
  where s.ip = p.ip and exists (
    select from device_addresses a
    where a.user_id = (select current_user_id()) and a.device_id = p.known_id and (a.is_current or a.ip = s.ip))
) h
group by h.id, h.ip
on conflict (user_id, device_id, ip) do update
set first_seen = least(device_addresses.first_seen, excluded.first_seen),
  last_seen = greatest(device_addresses.last_seen, excluded.last_seen),
  is_current = device_addresses.is_current or excluded.is_current
where excluded.first_seen < device_addresses.first_seen or excluded.last_seen > device_addresses.last_seen;
