-- Ends all stays at a router whose connection has ended: nobody knows whether its devices are online until it is back and
-- scans.
create or replace function end_presence(owner_id uuid, at_router varchar, at_time timestamptz) returns void
language plpgsql as $$
begin
  -- The lock of scans and of every change of the policy.
  perform from router_policies where user_id = owner_id and router_id = at_router for no key update;
  update device_presence set offline_at = greatest(online_at, at_time)
    where user_id = owner_id and router_id = at_router and offline_at is null;
  update user_devices set is_online = false where user_id = owner_id and router_id = at_router and is_online;
end
$$;
