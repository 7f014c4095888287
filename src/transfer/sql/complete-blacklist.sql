-- An entry that was there already keeps what it says; what it left open may now be known. One for an address
-- stays one for that: who has it meanwhile is not whom it was meant for.
update user_blacklists w
set device_id = coalesce(w.device_id, case when m.mac is not null then m.device_id end), device_name = coalesce(w.device_name, m.name),
  reason = coalesce(w.reason, m.remark)
from merged_entries m
where m.list = 'blacklist' and w.router_id = (select current_setting('netpilot.router_id'))
  and coalesce(w.device_mac::text, w.device_ip::text) = m.place
  and (w.device_id is null and m.device_id is not null and m.mac is not null
    or w.device_name is null and m.name is not null
    or w.reason is null and m.remark is not null);
