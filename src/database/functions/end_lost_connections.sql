-- Ends connections that no longer exist: those of a node that has just started (they ended with it), and those not heard
-- from for three minutes (their node died). Gives how many there were. While the service was down nobody knows who was away: a router
-- that its own node lost, or let go as it stopped, is away from when it has not come back. People are told.
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
      returning user_id, router_id, last_seen, connected_node = node as is_own
  loop
    ended := ended + 1;
    perform end_presence(lost.user_id, lost.router_id, lost.last_seen);
    if lost.is_own then
      update router_outages set until_at = greatest(from_at, lost.last_seen)
        where user_id = lost.user_id and router_id = lost.router_id and until_at is null;
    else
      perform begin_away(lost.user_id, lost.router_id, lost.last_seen);
      perform queue_missed_router(lost.user_id, lost.router_id);
    end if;
  end loop;
  for lost in
    insert into router_outages (user_id, router_id, kind, from_at)
      select r.user_id, r.router_id, 'away', now() from user_routers r
      where r.is_active and not r.is_connected and r.last_seen < now() - interval '3 minutes'
        and not exists (
          select from router_outages o where o.user_id = r.user_id and o.router_id = r.router_id and o.until_at is null)
    on conflict do nothing
    returning user_id, router_id
  loop
    perform queue_missed_router(lost.user_id, lost.router_id);
  end loop;
  -- Who no longer measures no longer says that the internet is down.
  update router_outages o set until_at = greatest(o.from_at, coalesce((
      select max(h.measured_at) from router_health h where h.user_id = o.user_id and h.router_id = o.router_id), o.from_at))
    where o.until_at is null and o.kind = 'internet_down' and not exists (
      select from router_health h
      where h.user_id = o.user_id and h.router_id = o.router_id and h.measured_at > now() - interval '5 minutes');
  perform set_config('netpilot.maintenance', '', true);
  return ended;
end
$$;
revoke execute on function end_lost_connections(varchar) from public;
grant execute on function end_lost_connections(varchar) to netpilot_service;
