-- All devices of a router have been read, and stored if it says when they were seen; those who asked for that see it.
create or replace function finish_scan(of_user uuid, of_router varchar, of_connection uuid default null, seen_at timestamptz default null) returns void
language plpgsql volatile as $$
begin
  perform set_config('netpilot.user_id', of_user::text, true);
  insert into events (user_id, type, router_id)
    select of_user, 'router.scanned', of_router from user_routers
    where user_id = of_user and router_id = of_router and scan_wanted_at is not null
      and (of_connection is null or connection_id = of_connection);
  update user_routers set scanned_at = now(), scan_wanted_at = null, devices_seen_at = greatest(devices_seen_at, seen_at)
    where user_id = of_user and router_id = of_router and (of_connection is null or connection_id = of_connection);
end
$$;
