-- What the files call by its address and a scan has recognised since is its MAC.
create temp table recognised on commit drop as
select distinct on (recognised_ip) recognised_ip as ip, mac,
  ('ffffffff-ffff-ffff-ffff-' || replace(mac::text, ':', ''))::uuid as identity
from user_devices
where router_id = (select current_setting('netpilot.router_id')) and recognised_ip is not null
order by recognised_ip, last_seen desc, id;
update staged_devices s set mac = r.mac, identity = r.identity from recognised r where s.mac is null and s.ip = r.ip;
update staged_entries s set mac = r.mac, identity = r.identity from recognised r where s.mac is null and s.ip = r.ip;
