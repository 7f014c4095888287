-- A node has started: it has its lease, and what its name held before ended with the process that held it. Gives how many connections that were.
create or replace function begin_lease(of_node varchar, of_instance uuid) returns integer
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  heard timestamptz;
  ended integer;
begin
  perform set_config('netpilot.maintenance', 'on', true);
  select s.seen_at into heard from commands_servers s where s.node = of_node for update;
  ended := end_connections(of_node, heard, true, null);
  insert into commands_servers (node, instance) values (of_node, of_instance)
    on conflict (node) do update
    set instance = excluded.instance, seen_at = clock_timestamp(), state = 'ready', connections = 0, address = null;
  perform set_config('netpilot.maintenance', '', true);
  return ended;
end
$$;
revoke execute on function begin_lease(varchar, uuid) from public;
grant execute on function begin_lease(varchar, uuid) to netpilot_service;
