-- As count-devices.sql, for the lists and the blocks.
with stored as (
  select 'whitelist' as list, coalesce(device_mac::text, device_ip::text) as place, xmin
  from user_whitelists where router_id = (select current_setting('netpilot.router_id'))
  union all
  select 'blacklist', coalesce(device_mac::text, device_ip::text), xmin
  from user_blacklists where router_id = (select current_setting('netpilot.router_id'))
  union all
  select 'block', coalesce(device_mac::text, device_ip::text), xmin
  from user_blocked_devices
  where router_id = (select current_setting('netpilot.router_id')) and (is_active or block_type = 'manual')
), carried as (
  select list, place, bool_or(xmin = pg_current_xact_id()::xid) as written from stored group by list, place
)
select e.source, count(*) filter (where c.written)::int as written,
  count(*) filter (where not c.written)::int as unchanged
from staged_entries e
join carried c on c.list = e.list and c.place = coalesce(e.mac::text, e.ip::text)
group by e.source;
