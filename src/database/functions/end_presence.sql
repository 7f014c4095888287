-- Ends all stays at a router whose connection has ended: nobody knows whether its devices are online until it is back and
-- scans. They were last seen by its last complete scan, if nothing later says more.
create or replace function end_presence(owner_id uuid, at_router varchar, at_time timestamptz) returns void
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  scanned_before timestamptz;
begin
  -- The lock of scans and of every change of the policy.
  perform from router_policies where user_id = owner_id and router_id = at_router for no key update;
  select r.devices_seen_at into scanned_before from user_routers r where r.user_id = owner_id and r.router_id = at_router;
  update device_presence set offline_at = greatest(online_at, at_time)
    where user_id = owner_id and router_id = at_router and offline_at is null;
  update device_addresses set is_online = false, last_seen = greatest(last_seen, scanned_before)
    where user_id = owner_id and router_id = at_router and is_current and is_online;
  update user_devices set is_online = false, last_seen = greatest(last_seen, scanned_before)
    where user_id = owner_id and router_id = at_router and is_online;
end
$$;
