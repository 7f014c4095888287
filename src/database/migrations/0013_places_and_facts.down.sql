drop table router_facts;
alter table user_devices drop column place;
