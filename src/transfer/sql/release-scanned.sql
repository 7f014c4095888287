-- The same for the addresses that scans have seen: the device that was seen there later has them.
update router_addresses a set is_current = false, is_online = false
from planned_devices p
where a.is_current and a.ip = p.ip and p.claims and p.id <> a.device_id
  and not exists (select from lost_addresses l where l.id = p.id and l.ip = p.ip);
