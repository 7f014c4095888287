-- A device that is blocked, or that somebody has unblocked here, stays so: the rule is older than that. Who is on the
-- blacklist is blocked because of it.
insert into user_blocked_devices (user_id, router_id, device_id, device_ip, device_mac, block_type, blocked_at)
select (select current_user_id()), (select current_setting('netpilot.router_id')), m.device_id, m.ip, m.mac,
  case when m.place in (
      select coalesce(device_mac::text, device_ip::text) from user_blacklists
      where router_id = (select current_setting('netpilot.router_id')) and is_active)
    or m.device_id in (
      select device_id from user_blacklists
      where router_id = (select current_setting('netpilot.router_id')) and is_active)
  then 'blacklist' else 'manual' end,
  m.at
from merged_entries m
where m.list = 'block' and m.place not in (
  select coalesce(device_mac::text, device_ip::text) from user_blocked_devices
  where router_id = (select current_setting('netpilot.router_id')))
on conflict do nothing;
