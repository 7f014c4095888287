-- Whether a router's connection is the one that counts: a Commands-Server that stood still for a while may not know that another has the router.
create or replace function is_counting(of_user uuid, of_router varchar, of_connection uuid) returns boolean
language sql stable as $$
  select exists (
    select from user_routers r where r.user_id = of_user and r.router_id = of_router and r.connection_id = of_connection);
$$;
