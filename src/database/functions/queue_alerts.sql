-- For each person who has a channel in the home of a new event: a row of the outbox, if somebody may want to be told of such events. Which
-- become alerts is decided later, by src/alerts/alerts-of.ts, which has the same list.
create or replace function queue_alerts() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  alerting constant varchar[] := array[
    'access.asked', 'device.discovered', 'policy.pending', 'router.connected', 'router.disconnected'];
  before constant text := coalesce(current_setting('netpilot.maintenance', true), '');
begin
  if not exists (select from news where type = any (alerting)) then
    return null;
  end if;
  perform set_config('netpilot.maintenance', 'on', true);
  insert into alert_outbox (user_id, home_id, member_id, type, router_id, subject_id, data, at)
  select distinct n.user_id, c.home_id, c.member_id, n.type, n.router_id, n.subject_id, n.data, n.at
  from news n
  left join user_routers r on r.user_id = n.user_id and r.router_id = n.router_id
  join alert_channels c on c.user_id = n.user_id and c.is_enabled and c.home_id = coalesce(r.home_id, n.home_id)
  where n.type = any (alerting);
  if found then
    perform pg_notify('netpilot_alerts', '');
  end if;
  perform set_config('netpilot.maintenance', before, true);
  return null;
end
$$;
revoke execute on function queue_alerts() from public;
