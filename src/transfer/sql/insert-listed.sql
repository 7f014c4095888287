insert into user_{list}s (user_id, router_id, device_id, device_ip, device_mac, device_name, {remark}, {at})
select (select current_user_id()), (select current_setting('netpilot.router_id')), device_id, ip, mac, name, remark, at
from merged_entries
where list = '{list}'
on conflict do nothing;
