-- What nobody says by ending a connection, each minute: routers that have not come back since the service stopped are away, and people are told; a connection
-- of a node that has no lease (an older version) and was not heard from for three minutes is over; who no longer measures no longer says that the internet is down.
create or replace function note_missed_routers() returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  lost record;
begin
  perform set_config('netpilot.maintenance', 'on', true);
  for lost in
    select distinct r.connected_node as node from user_routers r
    where r.is_connected and r.last_seen < now() - interval '3 minutes'
      and not exists (select from commands_servers s where s.node = r.connected_node)
  loop
    perform end_connections(lost.node, null, false, null, now() - interval '3 minutes');
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
  update router_outages o set until_at = greatest(o.from_at, coalesce((
      select max(h.measured_at) from router_health h where h.user_id = o.user_id and h.router_id = o.router_id), o.from_at))
    where o.until_at is null and o.kind = 'internet_down' and not exists (
      select from router_health h
      where h.user_id = o.user_id and h.router_id = o.router_id and h.measured_at > now() - interval '5 minutes');
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function note_missed_routers() from public;
grant execute on function note_missed_routers() to netpilot_service;
