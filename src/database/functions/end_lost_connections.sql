-- Ends connections that no longer exist: those of a node that has just started (they ended with it), and those not heard
-- from for three minutes (their node died). Gives how many there were.
create or replace function end_lost_connections(node varchar) returns bigint
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  ended bigint := 0;
  lost record;
begin
  perform set_config('netpilot.maintenance', 'on', true);
  for lost in
    update user_routers set is_connected = false, connection_id = null
      where is_connected and (connected_node = node or last_seen < now() - interval '3 minutes')
      returning user_id, router_id, last_seen
  loop
    ended := ended + 1;
    perform end_presence(lost.user_id, lost.router_id, lost.last_seen);
  end loop;
  perform set_config('netpilot.maintenance', '', true);
  return ended;
end
$$;
revoke execute on function end_lost_connections(varchar) from public;
grant execute on function end_lost_connections(varchar) to netpilot_service;
