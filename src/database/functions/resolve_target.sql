-- The device that a request names, by its id, its MAC or its address (one of them): what a block or a list entry stores of it, whether it
-- is the router itself, its rows, and its addresses now. By the id or the address of a part, the device that it is part of. Without a
-- row_id, no such device was ever seen.
create or replace function resolve_target(of_user uuid, of_router varchar, named_id uuid, named_ip inet, named_mac macaddr)
returns table (row_id uuid, ip inet, mac macaddr, is_router boolean, part_ids uuid[], addresses text[])
language plpgsql stable as $$
#variable_conflict use_column
declare
  found_id uuid;
begin
  if named_id is not null then
    select coalesce(d.shown_as, d.id) into found_id from user_devices d
      where d.user_id = of_user and d.router_id = of_router and d.id = named_id;
  elsif named_mac is not null then
    select d.id into found_id from user_devices d
      where d.user_id = of_user and d.router_id = of_router and d.mac = named_mac;
  else
    select coalesce(d.shown_as, d.id) into found_id
    from (
      select id from user_devices where user_id = of_user and router_id = of_router and ip = named_ip and holds_ip
      union all
      select device_id from device_addresses where user_id = of_user and router_id = of_router and ip = named_ip and is_current
      limit 1
    ) holder
    join user_devices d on d.user_id = of_user and d.id = holder.id;
  end if;
  return query
    with part as materialized (
      select p.id, p.shown_as, p.ip, p.holds_ip
      from user_devices d
      join user_devices p on p.user_id = d.user_id
        and (p.id = coalesce(d.shown_as, d.id) or p.shown_as = coalesce(d.shown_as, d.id))
      where d.user_id = of_user and d.id = found_id
    )
    select d.id, case when named_mac is null then coalesce(d.ip, named_ip) else coalesce(named_ip, d.ip, '0.0.0.0') end, coalesce(named_mac, d.mac), coalesce(d.is_router, false),
      array(select part.id from part order by part.shown_as nulls first, part.id),
      array(
        select host(a.ip) from device_addresses a
          where a.user_id = of_user and a.device_id in (select part.id from part) and a.is_current
        union
        select host(part.ip) from part where part.holds_ip
        order by 1)
    from (select) nothing left join user_devices d on d.user_id = of_user and d.id = found_id;
end
$$;
