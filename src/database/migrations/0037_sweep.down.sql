drop index user_devices_wake;
drop index user_routers_wanted;
drop trigger user_routers_note_ask on user_routers;
alter table user_routers drop column is_asked;
