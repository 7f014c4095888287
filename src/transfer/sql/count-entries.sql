-- As count-devices.sql, for the lists and the blocks.
with stored as (
  select 'whitelist' as list, router_id, device_mac, device_ip, xmin from user_whitelists
  union all
  select 'blacklist', router_id, device_mac, device_ip, xmin from user_blacklists
  union all
  select 'block', router_id, device_mac, device_ip, xmin from user_blocked_devices
), carried as (
  select list, coalesce(device_mac::text, device_ip::text) as place, bool_or(xmin = pg_current_xact_id()::xid) as written
  from stored where router_id = (select current_setting('netpilot.router_id')) group by 1, 2
)
select e.source, count(*) filter (where c.written)::int as written,
  count(*) filter (where not c.written)::int as unchanged
from staged_entries e
join carried c on c.list = e.list and c.place = coalesce(e.mac::text, e.ip::text)
group by e.source;
