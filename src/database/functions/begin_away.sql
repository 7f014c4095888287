-- A router is away from now on: nobody knows whether it has internet. One that was unlinked is not missed.
create or replace function begin_away(owner_id uuid, at_router varchar, at_time timestamptz) returns void
language sql as $$
  update router_outages set until_at = greatest(from_at, at_time)
    where user_id = owner_id and router_id = at_router and until_at is null and kind = 'internet_down';
  insert into router_outages (user_id, router_id, kind, from_at)
    select owner_id, at_router, 'away', at_time from user_routers r
    where r.user_id = owner_id and r.router_id = at_router and r.is_active
  on conflict do nothing;
$$;
