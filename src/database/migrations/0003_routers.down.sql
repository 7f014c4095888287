drop table router_policies;
drop table user_routers;
drop function create_router_policy();
