-- A router is back. Less than a minute does not count as an outage: connections break, and the service restarts. Of a router the newest 1,000 are kept.
create or replace function end_away(owner_id uuid, at_router varchar) returns void
language sql as $$
  delete from router_outages
    where user_id = owner_id and router_id = at_router and until_at is null and kind = 'away' and from_at > now() - interval '1 minute';
  update router_outages set until_at = greatest(from_at, now())
    where user_id = owner_id and router_id = at_router and until_at is null and kind = 'away';
  delete from router_outages o
    where o.user_id = owner_id and o.router_id = at_router and o.from_at <= (
      select k.from_at from router_outages k where k.user_id = owner_id and k.router_id = at_router
      order by k.from_at desc offset 1000 limit 1);
$$;
