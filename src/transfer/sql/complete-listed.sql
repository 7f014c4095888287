-- An entry that was there already keeps what it says; what it left open may be known now. An entry for an address
-- stays one: the device that has the address now may not be the one it was meant for.
update user_{list}s w
set device_id = coalesce(w.device_id, case when m.mac is not null then m.device_id end),
  device_name = coalesce(w.device_name, m.name), {remark} = coalesce(w.{remark}, m.remark)
from merged_entries m
where m.list = '{list}' and w.router_id = (select current_setting('netpilot.router_id'))
  and coalesce(w.device_mac::text, w.device_ip::text) = m.place
  and (w.device_id is null and m.device_id is not null and m.mac is not null
    or w.device_name is null and m.name is not null
    or w.{remark} is null and m.remark is not null);
