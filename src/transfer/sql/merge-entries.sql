-- One row for each device on a list, and the device's row where there is one: by its hardware address,
-- or, for an entry by address, who has that now or had it last.
create temp table merged_entries on commit drop as
with merged as (
  select e.list, coalesce(e.mac::text, e.ip::text) as place, (array_agg(e.mac))[1] as mac,
    (array_agg(e.ip order by e.at desc nulls last, e.ord desc))[1] as ip,
    (array_agg(e.name order by e.at desc nulls last, e.ord desc) filter (where e.name is not null))[1] as name,
    (array_agg(e.remark order by e.at desc nulls last, e.ord desc) filter (where e.remark is not null))[1] as remark,
    coalesce(min(e.at), now()) as at
  from staged_entries e
  group by e.list, coalesce(e.mac::text, e.ip::text)
), at_address as (
  select distinct on (held.ip) held.ip, held.id
  from (
    select ip, id, holds_ip as is_current, last_seen from user_devices
    where router_id = (select current_setting('netpilot.router_id')) and ip in (select ip from merged where mac is null)
    union all
    select ip, device_id, is_current, last_seen from device_addresses
    where router_id = (select current_setting('netpilot.router_id')) and ip in (select ip from merged where mac is null)
  ) held
  order by held.ip, held.is_current desc, held.last_seen desc, held.id
)
select m.*, coalesce(d.id, a.id) as device_id
from merged m
left join user_devices d on d.user_id = (select current_user_id())
  and d.router_id = (select current_setting('netpilot.router_id')) and d.mac = m.mac
left join at_address a on m.mac is null and a.ip = m.ip;
