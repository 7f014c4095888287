-- Which devices the rules of a router are for: both lists and the blocks, by kind. An entry that is not active stays, but
-- does not count. To read; the three tables are written.
create view policy_targets with (security_invoker) as
select 'whitelist' as kind, user_id, router_id, id, device_id, device_ip, device_mac, true as is_active from user_whitelists
union all
select 'blacklist', user_id, router_id, id, device_id, device_ip, device_mac, is_active from user_blacklists
union all
select 'block', user_id, router_id, id, device_id, device_ip, device_mac, is_active from user_blocked_devices;
grant select on policy_targets to netpilot_service;
