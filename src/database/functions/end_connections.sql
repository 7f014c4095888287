-- Ends a node's connections, so many at most, which were last heard then: all, or those not seen since an instant. Gives how many there were. A router that its own node lost, or let
-- go as it stopped (is_own), is away from when it has not come back: nobody knows who was away while the service was down. All rows are locked before
-- the first counter of events is (docs/decisions/0015). One that somebody holds, because it connects elsewhere, is left to them, and
-- ended the next time if it has not. Where no next time comes (is_own), it is waited for.
create or replace function end_connections(of_node varchar, heard timestamptz, is_own boolean, most integer, unseen_since timestamptz default null)
returns integer
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  ended integer := 0;
  told uuid[] := '{}';
  one uuid;
  lost record;
begin
  if is_own then
    perform from user_routers r where r.is_connected and r.connected_node = of_node order by r.user_id, r.router_id for update;
  end if;
  for lost in
    with chosen as materialized (
      select r.user_id, r.router_id from user_routers r
      where r.is_connected and r.connected_node = of_node and (unseen_since is null or r.last_seen < unseen_since)
      order by r.user_id, r.router_id limit most for update skip locked
    )
    update user_routers r set is_connected = false, connection_id = null, last_seen = greatest(r.last_seen, heard)
      from chosen c where r.user_id = c.user_id and r.router_id = c.router_id
      returning r.user_id, r.router_id, r.last_seen
  loop
    ended := ended + 1;
    perform end_presence(lost.user_id, lost.router_id, lost.last_seen);
    if is_own then
      update router_outages set until_at = greatest(from_at, lost.last_seen)
        where user_id = lost.user_id and router_id = lost.router_id and until_at is null;
    else
      perform begin_away(lost.user_id, lost.router_id, lost.last_seen);
      insert into events (user_id, type, router_id) values (lost.user_id, 'router.disconnected', lost.router_id);
      told := told || lost.user_id;
    end if;
  end loop;
  for one in select distinct t.id from unnest(told) t (id) order by t.id loop
    perform number_events(one);
  end loop;
  return ended;
end
$$;
