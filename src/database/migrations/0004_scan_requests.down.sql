drop trigger user_routers_notify_scan on user_routers;
alter table user_routers drop column scan_wanted_at, drop column scanned_at;
