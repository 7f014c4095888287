insert into user_blacklists (user_id, router_id, device_id, device_ip, device_mac, device_name, reason, blocked_at)
select (select current_user_id()), (select current_setting('netpilot.router_id')), device_id, ip, mac, name, remark, at
from merged_entries
where list = 'blacklist'
on conflict do nothing;
