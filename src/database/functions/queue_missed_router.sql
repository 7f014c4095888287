-- A router was found to be away that no connection's end has reported: for each person who has a channel in its home a row of the outbox, as
-- queue_alerts() makes them. (An event of the stream would have to be numbered in a transaction of its user's.)
create or replace function queue_missed_router(owner_id uuid, at_router varchar) returns void
language sql as $$
  insert into alert_outbox (user_id, home_id, member_id, type, router_id, data, at)
  select distinct r.user_id, c.home_id, c.member_id, 'router.disconnected', r.router_id, '{}'::jsonb, now()
  from user_routers r
  join alert_channels c on c.user_id = r.user_id and c.home_id = r.home_id and c.is_enabled
  where r.user_id = owner_id and r.router_id = at_router and r.is_active
$$;
