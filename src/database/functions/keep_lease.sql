-- Whether a node has its lease. If so, nobody ends it before this transaction ends.
create or replace function keep_lease(of_node varchar, of_instance uuid) returns boolean
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  is_held boolean;
begin
  perform set_config('netpilot.maintenance', 'on', true);
  perform from commands_servers s where s.node = of_node and s.instance = of_instance for key share;
  is_held := found;
  perform set_config('netpilot.maintenance', '', true);
  return is_held;
end
$$;
revoke execute on function keep_lease(varchar, uuid) from public;
grant execute on function keep_lease(varchar, uuid) to netpilot_service;
