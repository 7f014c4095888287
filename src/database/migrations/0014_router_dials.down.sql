drop function claim_dials(varchar, integer);
drop trigger user_routers_notify_moved on user_routers;
drop table router_dials;
