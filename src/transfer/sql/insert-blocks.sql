-- A device that is blocked, or that somebody has unblocked here, stays so: the rule is older than that.
insert into user_blocked_devices (user_id, router_id, device_id, device_ip, device_mac, block_type, blocked_at)
select (select current_user_id()), (select current_setting('netpilot.router_id')), m.device_id, m.ip, m.mac, 'manual', m.at
from merged_entries m
where m.list = 'block' and not exists (
  select from user_blocked_devices b
  where b.router_id = (select current_setting('netpilot.router_id'))
    and coalesce(b.device_mac::text, b.device_ip::text) = m.place and (b.is_active or b.block_type = 'manual'))
on conflict do nothing;
