-- The same for the addresses that scans have seen: who is seen there later has them.
update device_addresses a set is_current = false
from planned_devices p
where a.router_id = (select current_setting('netpilot.router_id')) and a.is_current and a.ip = p.ip
  and p.claims and p.id <> a.device_id and not exists (select from lost_addresses l where l.id = p.id and l.ip = p.ip);
