-- Which Commands-Server holds a router's connection: its instance, and where it can be asked (both null if it has no lease). Nothing if the router is not connected.
create or replace function router_holder(owner_id uuid, of_router varchar)
returns table (connection_id uuid, node varchar, instance uuid, address varchar)
language plpgsql as $$
#variable_conflict use_column
declare
  held record;
begin
  select r.connection_id, r.connected_node into held from user_routers r
    where r.user_id = owner_id and r.router_id = of_router and r.is_connected;
  if not found then return; end if;
  return query
    select held.connection_id, held.connected_node, s.instance, s.address from instance_of(held.connected_node) s;
end
$$;
