-- Devices as they are now, with whose they are, and whether they are new: nobody has said that they are welcome, or not.
create or replace view devices_now with (security_invoker = true) as
select d.user_id, d.id, d.router_id, d.ip, d.holds_ip, d.mac, d.hostname, d.device_name, d.device_type, d.manufacturer,
  d.first_seen,
  case when d.is_online then greatest(d.last_seen, r.devices_seen_at) else d.last_seen end as last_seen,
  d.is_online and (r.is_connected or r.last_seen is null) as is_online,
  case when not r.is_connected then r.last_seen end as unknown_since,
  d.is_router, d.shown_as, d.place,
  r.home_id, d.person_id, d.reviewed_at is null and not d.is_router as is_new
from user_devices d join user_routers r on r.user_id = d.user_id and r.router_id = d.router_id;
