-- A device that is on a list and in no table of devices: the day it was put on the list is its one sighting.
-- Without that day no device is made: the entry has addresses only.
insert into staged_devices (source, ord, mac, ip, device_name, first_seen, last_seen, is_router)
select null, e.ord, e.mac, coalesce(e.ip, '0.0.0.0'), e.name, e.at, e.at, false
from staged_entries e
where e.at is not null
  and not exists (
    select from staged_devices s
    where s.identity = e.identity or s.identity = 'router' and e.mac is null and s.ip = e.ip)
  and (e.mac is not null or not exists (select from staged_devices s where s.ip = e.ip))
  and not exists (select from router_devices d where d.mac = e.mac)
  and (e.mac is not null or not exists (
    select from router_devices d where d.ip = e.ip union all select from router_addresses a where a.ip = e.ip));
