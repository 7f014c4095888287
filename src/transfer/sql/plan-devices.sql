-- What each device becomes. `claims`: this is its newest sighting, at a known address, so that it claims that.
-- A name in the database is the user's own and stays; so does everything that was seen later than the files.
create temp table planned_devices on commit drop as
with known as materialized (
  select m.identity, d.* from merged_devices m join router_devices d on d.mac = m.mac
  union all
  (select distinct on (m.identity) m.identity, d.*
  from merged_devices m join router_devices d on d.ip = m.ip
  where m.mac is null and d.mac is null
  order by m.identity, d.holds_ip desc, d.last_seen desc, d.id)
), merged as (
  select m.identity, m.ord, m.mac, m.moved, m.ip as merged_ip,
    k.id as known_id, k.ip as known_ip, k.holds_ip as known_holds_ip, k.first_seen as known_first_seen,
    k.last_seen as known_last_seen, k.hostname as known_hostname,
    k.device_name as known_device_name, k.device_type as known_device_type, k.manufacturer as known_manufacturer,
    k.is_router as known_is_router, k.imported_at as known_imported_at,
    c.claims, case when c.claims or k.id is null then m.ip else k.ip end as ip,
    case when c.claims then coalesce(m.hostname, k.hostname) else coalesce(k.hostname, m.hostname) end as hostname,
    coalesce(k.device_name, m.device_name) as device_name,
    coalesce(k.device_type, m.device_type) as device_type,
    coalesce(k.manufacturer, m.manufacturer) as manufacturer,
    least(m.first_seen, k.first_seen) as first_seen,
    greatest(m.last_seen, k.last_seen) as last_seen,
    -- Which MAC address is the router's, the router itself has said.
    coalesce(k.is_router, false) or m.is_router and (m.mac is null or k.recognised_ip is null and not exists (
      select from router_devices r where r.is_router and r.mac <> m.mac)) as is_router
  from merged_devices m left join known k using (identity),
    lateral (select m.ip <> '0.0.0.0' and (k.id is null or m.last_seen > k.last_seen) as claims) c
)
select *, coalesce(known_id, uuid_v7()) as id,
  known_id is not null and (claims or known_imported_at is null or (hostname, device_name, device_type, manufacturer, first_seen, last_seen, is_router) is distinct from (known_hostname,
    known_device_name, known_device_type, known_manufacturer, known_first_seen, known_last_seen, known_is_router)) as changed
from merged;
