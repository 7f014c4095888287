-- Ends the connections of nodes whose lease is over, but for this one's (null: nobody's): 200 of a node at most, so that who connects anew waits for nothing long.
-- A lease goes with the last of them. Gives how many there were; asked again until there are none. Only who has reached the database for a while
-- may ask: after a failover nobody has renewed.
create or replace function end_lost_connections(by_node varchar default null) returns integer
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  most constant integer := 200;
  ended integer := 0;
  lost integer;
  over record;
begin
  perform set_config('netpilot.maintenance', 'on', true);
  for over in
    select s.node, s.seen_at from commands_servers s
    where s.seen_at < clock_timestamp() - interval '5 seconds' and s.node is distinct from by_node
    order by s.node for update skip locked
  loop
    lost := end_connections(over.node, over.seen_at, false, most);
    if lost = 0 then
      delete from commands_servers s where s.node = over.node
        and not exists (select from user_routers r where r.is_connected and r.connected_node = over.node);
    end if;
    ended := ended + lost;
  end loop;
  perform set_config('netpilot.maintenance', '', true);
  return ended;
end
$$;
revoke execute on function end_lost_connections(varchar) from public;
grant execute on function end_lost_connections(varchar) to netpilot_service;
