insert into user_devices (id, user_id, router_id, ip, mac, hostname, device_name, device_type, manufacturer, first_seen, last_seen, holds_ip, is_router,
  imported_at, reviewed_at)
select p.id, (select current_user_id()), (select current_setting('netpilot.router_id')), p.ip, p.mac,
  p.hostname, p.device_name, p.device_type, p.manufacturer, p.first_seen, p.last_seen,
  p.claims and not exists (select from lost_addresses l where l.id = p.id and l.ip = p.ip), p.is_router, now(), now()
from planned_devices p
where p.known_id is null;
