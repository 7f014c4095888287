-- What the files identify by an address, and a scan has recognised since, gets its MAC address.
create temp table recognised on commit drop as
select distinct on (recognised_ip) recognised_ip as ip, mac from router_devices
where recognised_ip is not null
order by recognised_ip, last_seen desc, id;
update staged_devices s set mac = r.mac from recognised r where s.mac is null and s.ip = r.ip;
-- The row of the router, and a row that has its MAC address at the same address, are one device.
update staged_devices s set mac = o.mac
from (
  select distinct on (ip) ip, mac from staged_devices
  where mac is not null and ip in (select ip from staged_devices where is_router and mac is null)
  order by ip, is_router desc, last_seen desc, ord desc
) o
where s.is_router and s.mac is null and s.ip = o.ip;
-- Without one there, it is the router that was seen last; and another row without a MAC address at its address is the router.
update staged_devices s set mac = o.mac
from (select mac from staged_devices where is_router and mac is not null order by last_seen desc, ord desc limit 1) o
where s.is_router and s.mac is null;
update staged_devices s set is_router = true
where s.mac is null and not s.is_router
  and s.ip in (select r.ip from staged_devices r where r.is_router and r.mac is null and r.ip <> '0.0.0.0');
update staged_entries s set mac = r.mac from recognised r where s.mac is null and s.ip = r.ip;
