-- An IPv4-mapped address (::ffff:192.0.2.1) is the IPv4 address everywhere; rows that had both become one.
select set_config('netpilot.maintenance', 'on', true);

update user_routers set router_ip = canonical_address(router_ip) where router_ip <<= inet '::ffff:0:0/96';
update user_routers set cloud_vm_ip = canonical_address(cloud_vm_ip) where cloud_vm_ip <<= inet '::ffff:0:0/96';

-- An address has one holder: who had it as IPv4 keeps it.
update user_devices d set holds_ip = false
  where d.holds_ip and d.ip <<= inet '::ffff:0:0/96' and exists (
    select from user_devices o
    where o.user_id = d.user_id and o.router_id = d.router_id and o.holds_ip and o.ip = canonical_address(d.ip));
update user_devices set ip = canonical_address(ip) where ip <<= inet '::ffff:0:0/96';
update user_devices set recognised_ip = canonical_address(recognised_ip) where recognised_ip <<= inet '::ffff:0:0/96';

update device_addresses a
  set first_seen = least(a.first_seen, m.first_seen), last_seen = greatest(a.last_seen, m.last_seen)
  from device_addresses m
  where m.user_id = a.user_id and m.device_id = a.device_id and m.ip <<= inet '::ffff:0:0/96' and a.ip = canonical_address(m.ip);
delete from device_addresses m
  using device_addresses a
  where m.user_id = a.user_id and m.device_id = a.device_id and m.ip <<= inet '::ffff:0:0/96' and a.ip = canonical_address(m.ip);
update device_addresses m set is_current = false, is_online = false
  where m.is_current and m.ip <<= inet '::ffff:0:0/96' and exists (
    select from device_addresses o
    where o.user_id = m.user_id and o.router_id = m.router_id and o.is_current and o.ip = canonical_address(m.ip));
update device_addresses set ip = canonical_address(ip) where ip <<= inet '::ffff:0:0/96';

-- Entries without a MAC are one for each address: the IPv4 one stays. With a MAC the address says nothing more.
delete from user_whitelists e using user_whitelists o
  where e.device_mac is null and e.device_ip <<= inet '::ffff:0:0/96'
    and o.user_id = e.user_id and o.router_id = e.router_id and o.device_mac is null and o.device_ip = canonical_address(e.device_ip);
delete from user_blacklists e using user_blacklists o
  where e.device_mac is null and e.device_ip <<= inet '::ffff:0:0/96'
    and o.user_id = e.user_id and o.router_id = e.router_id and o.device_mac is null and o.device_ip = canonical_address(e.device_ip);
update user_blocked_devices e set is_active = false, unblocked_at = greatest(e.blocked_at, now())
  where e.is_active and e.device_mac is null and e.device_ip <<= inet '::ffff:0:0/96' and exists (
    select from user_blocked_devices o
    where o.user_id = e.user_id and o.router_id = e.router_id and o.is_active and o.device_mac is null
      and o.device_ip = canonical_address(e.device_ip));
-- What the routers do changes with these: they are told.
update router_policies p set policy_revision = policy_revision + 1
  where exists (
    select from policy_targets e
    where e.user_id = p.user_id and e.router_id = p.router_id and e.is_active and e.device_mac is null
      and e.device_ip <<= inet '::ffff:0:0/96');
update user_whitelists set device_ip = canonical_address(device_ip) where device_ip <<= inet '::ffff:0:0/96';
update user_blacklists set device_ip = canonical_address(device_ip) where device_ip <<= inet '::ffff:0:0/96';
update user_blocked_devices set device_ip = canonical_address(device_ip) where device_ip <<= inet '::ffff:0:0/96';
select set_config('netpilot.maintenance', '', true);
-- Deferred triggers have to run before tables change.
set constraints all immediate;

alter table user_routers add constraint user_routers_addresses_canonical
  check (not coalesce(router_ip <<= inet '::ffff:0:0/96' or cloud_vm_ip <<= inet '::ffff:0:0/96', false));
alter table user_devices add constraint user_devices_addresses_canonical
  check (not coalesce(ip <<= inet '::ffff:0:0/96' or recognised_ip <<= inet '::ffff:0:0/96', false));
alter table device_addresses add constraint device_addresses_canonical check (not ip <<= inet '::ffff:0:0/96');
alter table user_whitelists add constraint user_whitelists_address_canonical check (not device_ip <<= inet '::ffff:0:0/96');
alter table user_blacklists add constraint user_blacklists_address_canonical check (not device_ip <<= inet '::ffff:0:0/96');
alter table user_blocked_devices add constraint user_blocked_devices_address_canonical
  check (not device_ip <<= inet '::ffff:0:0/96');
