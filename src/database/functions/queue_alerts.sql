-- For each person who has a channel in the home of a new event: a row of the outbox, if somebody may want to be told of such events. Which
-- become alerts is decided later, by src/alerts/alerts-of.ts, which has the same list. That a device came or left only for who watches it; when a
-- router is back, what they watch is looked at: it may have left in between.
create or replace function queue_alerts() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  alerting constant varchar[] := array[
    'access.answered', 'access.asked', 'device.discovered', 'device.offline', 'device.online', 'policy.pending',
    'router.connected', 'router.disconnected', 'router.internet_down', 'router.internet_up'];
  before constant text := coalesce(current_setting('netpilot.maintenance', true), '');
  is_told boolean;
begin
  if not exists (select from news where type = any (alerting)) then
    return null;
  end if;
  perform set_config('netpilot.maintenance', 'on', true);
  -- Most homes have nobody to tell, and every change of a policy passes here.
  if not exists (select from alert_channels c where c.is_enabled and c.user_id in (select n.user_id from news n)) then
    perform set_config('netpilot.maintenance', before, true);
    return null;
  end if;
  insert into alert_outbox (user_id, home_id, member_id, type, router_id, subject_id, data, at, due_at)
  select distinct n.user_id, c.home_id, c.member_id, n.type, n.router_id, n.subject_id, n.data, n.at, n.at
  from news n
  left join user_routers r on r.user_id = n.user_id and r.router_id = n.router_id
  join alert_channels c on c.user_id = n.user_id and c.is_enabled and c.home_id = coalesce(r.home_id, n.home_id)
  where n.type = any (alerting) and n.type not in ('device.offline', 'device.online');
  is_told := found;

  if exists (
    select from alert_watches w
    where w.user_id in (select n.user_id from news n where n.type in ('device.offline', 'device.online', 'router.connected')))
  then
    insert into alert_outbox (user_id, home_id, member_id, type, router_id, subject_id, data, at, due_at)
    select distinct n.user_id, w.home_id, w.member_id, case n.type when 'router.connected' then 'device.offline' else n.type end,
      n.router_id, coalesce(p.shown_as, p.id)::text, '{}'::jsonb, n.at, n.at
    from news n
    join user_routers r on r.user_id = n.user_id and r.router_id = n.router_id
    join alert_watches w on w.user_id = n.user_id and w.home_id = r.home_id
    join user_devices p on p.user_id = w.user_id and p.id = w.device_id
    left join user_devices e on e.user_id = n.user_id
      and e.id = case when n.type in ('device.offline', 'device.online') then n.subject_id::uuid end
    where case when n.type in ('device.offline', 'device.online') then e.id = coalesce(p.shown_as, p.id) or e.mac = p.mac
      else n.type = 'router.connected' and p.router_id = n.router_id end
      and exists (
        select from alert_channels c
        where c.user_id = w.user_id and c.home_id = w.home_id and c.member_id = w.member_id and c.is_enabled);
    is_told := is_told or found;
  end if;
  if is_told then
    perform tell('netpilot_alerts', '');
  end if;
  perform set_config('netpilot.maintenance', before, true);
  return null;
end
$$;
revoke execute on function queue_alerts() from public;
