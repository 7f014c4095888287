-- One row for each device on a list, and the device's row if there is one: by its MAC address, or, for an
-- entry by address, the device that has that now or had it last.
create temp table merged_entries on commit drop as
with merged as (
  select e.list, coalesce(e.mac::text, e.ip::text) as place, (array_agg(e.mac))[1] as mac,
    (array_agg(e.ip order by e.at desc nulls last, e.ord desc) filter (where e.ip is not null))[1] as ip,
    (array_agg(e.name order by e.at desc nulls last, e.ord desc) filter (where e.name is not null))[1] as name,
    (array_agg(e.remark order by e.at desc nulls last, e.ord desc) filter (where e.remark is not null))[1] as remark,
    coalesce(min(e.at), now()) as at
  from staged_entries e
  group by e.list, coalesce(e.mac::text, e.ip::text)
), at_address as (
  select distinct on (ip) ip, id
  from (
    select ip, id, holds_ip as is_current, last_seen from router_devices
    union all
    select ip, device_id, is_current, last_seen from router_addresses
  ) held
  where ip in (select ip from merged where mac is null)
  order by ip, is_current desc, last_seen desc, id
)
select m.list, m.place, m.mac, coalesce(m.ip, d.ip, '0.0.0.0') as ip, m.name, m.remark, m.at,
  coalesce(d.id, a.id) as device_id
from merged m
left join router_devices d on d.mac = m.mac
left join at_address a on m.mac is null and a.ip = m.ip;
