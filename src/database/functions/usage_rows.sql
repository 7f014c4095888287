-- The same as load_usage(), as rows: what each device used in each step, with its name, MAC and person's name. A MAC that is not in the
-- inventory has no name.
create or replace function usage_rows(of_user uuid, of_home uuid, of_router varchar, of_device uuid, of_person uuid, period varchar, at_most integer)
returns table (at timestamptz, device_id uuid, router_id varchar, name varchar, mac macaddr, person varchar, down bigint, up bigint)
language plpgsql stable as $$
declare
  zone text := usage_zone((select h.timezone from homes h where h.user_id = of_user and h.id = of_home));
  step text := usage_step(period);
  routers varchar[] := case when of_router is null then array(
    select r.router_id from user_routers r where r.user_id = of_user and r.home_id = of_home) else array[of_router] end;
begin
  return query
  select u.at, u.device_id, u.router_id, coalesce(d.device_name, d.hostname), nullif(u.mac, '00:00:00:00:00:00'), p.name, u.down, u.up
  from usage_of(of_user, routers, of_device, of_person, usage_since(period, zone), step, zone) u
  left join user_devices d on d.user_id = of_user and d.id = u.device_id
  left join people p on p.user_id = of_user and p.id = u.person_id
  where u.down + u.up > 0
  order by u.at, u.down + u.up desc, u.mac
  limit at_most;
end
$$;
