-- What a block of a device needs to know, in one round trip, with the policy and the number of blocks locked until the transaction ends:
-- the router, its target (resolve_target), who shares its MAC, the block that it has already, and how many there are. No row if the user
-- does not have the router.
create or replace function prepare_block(of_user uuid, of_router varchar, named_id uuid, named_ip inet, named_mac macaddr)
returns table (router_ip inet, row_id uuid, ip inet, mac macaddr, is_router boolean, part_ids uuid[], addresses text[],
               behind jsonb, present uuid, used bigint)
language plpgsql volatile as $$
#variable_conflict use_column
begin
  perform from router_policies p where p.user_id = of_user and p.router_id = of_router for update;
  perform pg_advisory_xact_lock(hashtextextended('netpilot.quota blocks' || of_user, 0));
  return query
    select r.router_ip, t.row_id, t.ip, t.mac, t.is_router, t.part_ids, t.addresses,
      -- While the router is away, nobody knows who is online.
      (select coalesce(jsonb_agg(shared order by held.ip), '[]')
        from (
          select a.device_id, a.ip, count(*) over (partition by a.device_id) as together
          from device_addresses a
          where a.user_id = of_user and a.device_id = any (t.part_ids) and family(a.ip) = 4
            and case when r.is_connected then a.is_online else a.is_current end
        ) held
        cross join lateral (
          select host(held.ip) as ip, other.id as device_id, other.name
          from (select) nothing left join lateral (
            select d.id, coalesce(d.device_name, d.hostname) as name
            from device_addresses a join user_devices d on d.user_id = a.user_id and d.id = a.device_id
            where a.user_id = of_user and a.router_id = of_router and a.ip = held.ip and a.device_id <> all (t.part_ids)
            order by a.last_seen desc limit 1
          ) other on true
        ) shared
        where held.together > 1),
      (select b.id from user_blocked_devices b
        where b.user_id = of_user and b.router_id = of_router and b.is_active
          and (b.device_id = any (t.part_ids) or b.device_mac = t.mac or t.mac is null and b.device_mac is null and b.device_ip = t.ip)
        limit 1),
      (select count(*) from user_blocked_devices b where b.user_id = of_user and b.is_active)
    from user_routers r cross join resolve_target(of_user, of_router, named_id, named_ip, named_mac) t
    where r.user_id = of_user and r.router_id = of_router;
end
$$;
