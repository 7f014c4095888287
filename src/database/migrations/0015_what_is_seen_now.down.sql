drop view devices_now;
alter table device_addresses drop column is_online;
alter table user_routers drop column devices_seen_at;
