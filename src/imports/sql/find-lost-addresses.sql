-- The devices that do not hold their address (any more): somebody was seen there later. A tie goes to
-- who holds it already, then to the record that was read last.
create temp table lost_addresses on commit drop as
with claims as materialized (
  select id, ip, last_seen, false as holder, ord from planned_devices where claims
  union all
  select d.id, d.ip, d.last_seen, true, 0
  from user_devices d
  where d.router_id = (select current_setting('netpilot.router_id')) and d.holds_ip
    and d.ip in (select ip from planned_devices where claims)
    and not exists (select from planned_devices p where p.known_id = d.id and p.claims)
), contested as (
  select ip from claims group by ip having count(*) > 1
)
select id
from (
  select c.id, row_number() over (partition by c.ip order by c.last_seen desc, c.holder desc, c.ord desc) as place
  from claims c join contested using (ip)
) ranked
where place > 1;
