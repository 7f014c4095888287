-- A device that was known by its address only has a MAC now: its entries hold for the MAC from now on. An entry
-- stays one for the address if the MAC has an entry of its own.
create or replace function recognise_device(owner_id uuid, at_router varchar, known_id uuid, known_mac macaddr) returns void
language plpgsql as $$
declare
  device user_devices%rowtype;
begin
  update user_devices set mac = known_mac, recognised_ip = ip
    where user_id = owner_id and id = known_id returning * into device;
  update user_whitelists e set device_mac = known_mac
    where e.user_id = owner_id and e.device_id = known_id and e.device_mac is null and not exists (
      select from user_whitelists o where o.user_id = owner_id and o.router_id = at_router and o.device_mac = known_mac);
  update user_blacklists e set device_mac = known_mac
    where e.user_id = owner_id and e.device_id = known_id and e.device_mac is null and not exists (
      select from user_blacklists o where o.user_id = owner_id and o.router_id = at_router and o.device_mac = known_mac);
  -- Ended ones always: an import that names the unblocked device by its MAC does not block it again.
  update user_blocked_devices e set device_mac = known_mac
    where e.user_id = owner_id and e.device_id = known_id and e.device_mac is null and not (e.is_active and exists (
      select from user_blocked_devices o
      where o.user_id = owner_id and o.router_id = at_router and o.device_mac = known_mac and o.is_active));
  if exists (
    select from policy_targets t
    where t.user_id = owner_id and t.device_id = known_id and t.device_mac = known_mac and t.is_active
  ) then
    update router_policies set policy_revision = policy_revision + 1
      where user_id = owner_id and router_id = at_router;
  end if;
  insert into audit_entries (user_id, actor, action, router_id, subject_id, details)
  values (owner_id, 'router', 'device.recognised', at_router, known_id,
    jsonb_build_object('mac', known_mac, 'ip', host(device.ip)));
end
$$;
