-- A scan that somebody asked for, and when all devices of the router were last read.
alter table user_routers
  add column scan_wanted_at timestamptz,
  add column scanned_at timestamptz;
create trigger user_routers_notify_scan after update of scan_wanted_at on user_routers
  for each row when (new.scan_wanted_at is not null and old.scan_wanted_at is null) execute function notify_router();
