-- A device that is blocked, or that somebody has unblocked here, stays so: the rule is older than that. Who is on the
-- blacklist is blocked because of it.
insert into user_blocked_devices (user_id, router_id, device_id, device_ip, device_mac, block_type, blocked_at)
select (select current_user_id()), (select current_setting('netpilot.router_id')), m.device_id, m.ip, m.mac,
  case when exists (
    select from user_blacklists l
    where l.router_id = (select current_setting('netpilot.router_id')) and l.is_active
      and (coalesce(l.device_mac::text, l.device_ip::text) = m.place or l.device_id = m.device_id)) then 'blacklist' else 'manual' end,
  m.at
from merged_entries m
where m.list = 'block' and not exists (
  select from user_blocked_devices b
  where b.router_id = (select current_setting('netpilot.router_id'))
    and coalesce(b.device_mac::text, b.device_ip::text) = m.place)
on conflict do nothing;
