drop table access_rules;
alter table user_devices drop column person_id, drop column reviewed_at;
drop table people;
drop trigger user_routers_place_in_home on user_routers;
alter table user_routers drop column home_id;
drop trigger users_create_home on users;
drop table homes;
