-- One row for each device in the files: where, and under which name, it was seen last. Most of them are
-- there once: those are not grouped.
create temp table merged_devices on commit drop as
with repeated as materialized (
  select identity from staged_devices group by identity having count(*) > 1
)
select identity, ord, mac, ip, hostname, device_name, device_type, manufacturer, first_seen, last_seen, is_router, false as moved
from staged_devices s
where not exists (select from repeated r where r.identity = s.identity)
union all
select s.identity,
  (array_agg(s.ord order by s.last_seen desc, s.ord desc))[1],
  (array_agg(s.mac))[1],
  (array_agg(s.ip order by s.ip = '0.0.0.0', s.last_seen desc, s.ord desc))[1],
  (array_agg(s.hostname order by s.last_seen desc, s.ord desc) filter (where s.hostname is not null))[1],
  (array_agg(s.device_name order by s.last_seen desc, s.ord desc) filter (where s.device_name is not null))[1],
  (array_agg(s.device_type order by s.last_seen desc, s.ord desc) filter (where s.device_type is not null))[1],
  (array_agg(s.manufacturer order by s.last_seen desc, s.ord desc) filter (where s.manufacturer is not null))[1],
  min(s.first_seen), max(s.last_seen), bool_or(s.is_router),
  count(distinct s.ip) filter (where s.ip <> '0.0.0.0') > 1
from staged_devices s join repeated r using (identity)
group by s.identity;
