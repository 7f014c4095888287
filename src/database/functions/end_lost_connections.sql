-- Ends connections that no longer exist: those of a node that has just started (they ended with it), and those not heard
-- from for three minutes (their node died). Gives how many there were.
create or replace function end_lost_connections(node varchar) returns bigint
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  ended bigint;
begin
  perform set_config('netpilot.maintenance', 'on', true);
  update user_routers set is_connected = false, connection_id = null
    where is_connected and (connected_node = node or last_seen < now() - interval '3 minutes');
  get diagnostics ended = row_count;
  perform set_config('netpilot.maintenance', '', true);
  return ended;
end
$$;
revoke execute on function end_lost_connections(varchar) from public;
grant execute on function end_lost_connections(varchar) to netpilot_service;
