-- What the files identify by an address, and a scan has recognised since, gets its MAC address.
create temp table recognised on commit drop as
select distinct on (recognised_ip) recognised_ip as ip, mac from router_devices
where recognised_ip is not null
order by recognised_ip, last_seen desc, id;
update staged_devices s set mac = r.mac from recognised r where s.mac is null and s.ip = r.ip;
update staged_entries s set mac = r.mac from recognised r where s.mac is null and s.ip = r.ip;
