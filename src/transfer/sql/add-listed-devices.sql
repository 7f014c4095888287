-- A device that a list names and no table of devices has: the day it was put on the list is its one
-- sighting. Without that day nothing is made up: the entry stands by its addresses alone.
insert into staged_devices
select null, e.ord, e.identity, e.mac, e.ip, null, e.name, e.at, e.at, false
from staged_entries e
where e.at is not null
  and not exists (select from staged_devices s where s.identity = e.identity)
  and (e.mac is not null or not exists (select from staged_devices s where s.ip = e.ip))
  and not exists (
    select from user_devices d
    where d.router_id = (select current_setting('netpilot.router_id')) and d.mac = e.mac)
  and (e.mac is not null or not exists (
    select from user_devices d
    where d.router_id = (select current_setting('netpilot.router_id')) and d.ip = e.ip
    union all
    select from device_addresses a
    where a.router_id = (select current_setting('netpilot.router_id')) and a.ip = e.ip));
