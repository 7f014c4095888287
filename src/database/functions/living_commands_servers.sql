-- The Commands-Servers whose lease holds.
create or replace function living_commands_servers()
returns table (node varchar, instance uuid, state varchar, connections integer, address varchar)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.maintenance', 'on', true);
  return query
    select s.node, s.instance, s.state, s.connections, s.address from commands_servers s
    where s.seen_at >= clock_timestamp() - interval '5 seconds' order by s.node;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function living_commands_servers() from public;
grant execute on function living_commands_servers() to netpilot_service;
