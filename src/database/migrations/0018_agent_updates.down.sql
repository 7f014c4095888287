drop trigger user_routers_notify_update on user_routers;
alter table user_routers drop column update_version, drop column update_state;
