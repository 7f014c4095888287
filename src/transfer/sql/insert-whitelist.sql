insert into user_whitelists (user_id, router_id, device_id, device_ip, device_mac, device_name, description, added_at)
select (select current_user_id()), (select current_setting('netpilot.router_id')), device_id, ip, mac, name, remark, at
from merged_entries
where list = 'whitelist'
on conflict do nothing;
