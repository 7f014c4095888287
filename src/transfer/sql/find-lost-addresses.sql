-- The devices that do not hold an address (any more): another one was seen there later. In a tie it goes to the device
-- that holds it already, then to the record that was read last.
create temp table lost_addresses on commit drop as
with claimed as materialized (
  select id, ip, last_seen, false as holder, ord from planned_devices where claims
), held as (
  select d.id, d.ip, d.last_seen from router_devices d
  where d.holds_ip and d.ip in (select ip from claimed) and not exists (select from claimed c where c.id = d.id)
  union all
  -- A scanned device can have several, at each of the MAC addresses that are one device.
  select coalesce(d.shown_as, d.id), a.ip, a.last_seen
  from router_addresses a join user_devices d on d.user_id = a.user_id and d.id = a.device_id
  where a.is_current and a.ip in (select ip from claimed)
    and not exists (select from claimed c where c.id = a.device_id and c.ip = a.ip)
), claims as (
  select id, ip, last_seen, holder, ord from claimed
  union all
  select id, ip, max(last_seen), true, 0 from held group by id, ip
), contested as (
  select ip from claims group by ip having count(*) > 1
)
select id, ip
from (
  select c.id, c.ip,
    row_number() over (partition by c.ip order by c.last_seen desc, c.holder desc, c.ord desc) as place
  from claims c join contested using (ip)
) ranked
where place > 1;
