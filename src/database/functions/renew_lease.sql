-- A node lives. If somebody has ended its lease because it said nothing for too long, it has a new one, and what it held counts no more. False if another
-- process has its name. (Nobody waits for the disk: a renewal that is lost with the server is an old one when that is back.)
create or replace function renew_lease(of_node varchar, of_instance uuid, is_draining boolean, held integer, at_address varchar)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  is_renewed boolean;
begin
  perform set_config('synchronous_commit', 'off', true);
  perform set_config('netpilot.maintenance', 'on', true);
  insert into commands_servers as s (node, instance, seen_at, state, connections, address)
    values (of_node, of_instance, clock_timestamp(), case when is_draining then 'draining' else 'ready' end, held, at_address)
    on conflict (node) do update
    set seen_at = excluded.seen_at, state = excluded.state, connections = excluded.connections, address = excluded.address
    where s.instance = of_instance;
  is_renewed := found;
  perform set_config('netpilot.maintenance', '', true);
  return is_renewed;
end
$$;
revoke execute on function renew_lease(varchar, uuid, boolean, integer, varchar) from public;
grant execute on function renew_lease(varchar, uuid, boolean, integer, varchar) to netpilot_service;
