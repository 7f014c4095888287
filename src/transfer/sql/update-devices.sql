-- A device that is merged into another one holds no address. A name may have been given since the plan was made.
update user_devices d
set ip = p.ip, hostname = p.hostname, device_name = coalesce(d.device_name, p.device_name),
  device_type = coalesce(d.device_type, p.device_type), manufacturer = coalesce(d.manufacturer, p.manufacturer),
  first_seen = p.first_seen, last_seen = p.last_seen, is_router = p.is_router,
  imported_at = coalesce(d.imported_at, now()),
  holds_ip = d.shown_as is null and case when p.claims
    then not exists (select from lost_addresses l where l.id = p.id and l.ip = p.ip) else d.holds_ip end
from planned_devices p
where d.user_id = (select current_user_id()) and d.id = p.known_id and p.changed;
