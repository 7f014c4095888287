drop table router_health, router_usage;
drop trigger user_devices_notify_ask on user_devices;
drop trigger user_routers_notify_ask on user_routers;
alter table user_devices drop column wake_wanted_at;
alter table user_routers drop column health_targets, drop column usage_wanted_until;
