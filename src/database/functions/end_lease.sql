-- A node has stopped, and let its routers go. A connection of which it could not say so ends now.
create or replace function end_lease(of_node varchar, of_instance uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform set_config('netpilot.maintenance', 'on', true);
  delete from commands_servers where node = of_node and instance = of_instance;
  if found then
    perform end_connections(of_node, now(), true, null);
  end if;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function end_lease(varchar, uuid) from public;
grant execute on function end_lease(varchar, uuid) to netpilot_service;
