-- What decides on the access of a user's devices, in one go: the homes {id, timezone, rules}, the routers with their modes (is_armed: what
-- comes next holds without the cloud, but for the refused devices), and what of each device matters (src/access/types.ts). Of the devices of a router or of a home, or of some, by the id of any of their parts; null: all.
-- Instants are whole seconds of the epoch, and this is where they are cut: a rule begins with the second that it is in, and ends with the next
-- whole one. Rules that ended more than a week ago say nothing even of what was before.
create or replace function load_home(of_user uuid, of_home uuid, of_router varchar, of_devices uuid[])
returns table (homes jsonb, routers jsonb, devices jsonb)
language sql stable
-- Without statistics (after an import, for a new user) the planner expects a device or two, and would compare each with each.
set enable_nestloop = off
as $$
  with device as materialized (
    select d.id, d.router_id, r.home_id, d.is_router, d.person_id, d.place ->> 'network' as network, d.reviewed_at, d.mac, d.ip, d.holds_ip
    from user_devices d
    join user_routers r on r.user_id = d.user_id and r.router_id = d.router_id
    where of_devices is null and d.user_id = of_user and d.shown_as is null
      and (of_home is null or r.home_id = of_home) and (of_router is null or d.router_id = of_router)
    union all
    -- Only one of the two runs. These are found by their keys.
    select d.id, d.router_id, r.home_id, d.is_router, d.person_id, d.place ->> 'network', d.reviewed_at, d.mac, d.ip, d.holds_ip
    from user_devices d
    join user_routers r on r.user_id = d.user_id and r.router_id = d.router_id
    where of_devices is not null and d.user_id = of_user and d.id = any (array(
        select coalesce(part.shown_as, part.id) from user_devices part where part.user_id = of_user and part.id = any (of_devices)))
      and (of_home is null or r.home_id = of_home) and (of_router is null or d.router_id = of_router)
  ), part as materialized (
    select device.id as device_id, device.id, device.router_id, device.mac from device
    union all
    select device.id, p.id, p.router_id, p.mac from device join user_devices p on p.user_id = of_user and p.shown_as = device.id
  ), entry as materialized (
    select e.kind, e.id, e.router_id, e.device_id, e.device_mac, e.device_ip,
      -- It is for an address only as long as no MAC is known.
      e.device_mac is null and not exists (
        select from user_devices d
        join user_devices p on p.user_id = d.user_id and (p.id = coalesce(d.shown_as, d.id) or p.shown_as = coalesce(d.shown_as, d.id))
        where d.user_id = of_user and d.id = e.device_id and p.mac is not null) as is_for_address
    from policy_targets e
    join router_policies m on m.user_id = e.user_id and m.router_id = e.router_id
    where e.user_id = of_user and e.is_active and e.kind in ('block', m.mode)
      and (of_router is null or e.router_id = of_router) and (of_devices is null or e.router_id in (select device.router_id from device))
  ), targeted as materialized (
    select e.kind, e.id, part.device_id from entry e join part on part.router_id = e.router_id and part.mac = e.device_mac
    union all
    select e.kind, e.id, part.device_id from entry e join part on part.id = e.device_id
    union all
    select e.kind, e.id, device.id from entry e
    join device on device.router_id = e.router_id and device.holds_ip and device.ip = e.device_ip
    where e.is_for_address
  ), blocked as (
    select t.device_id, min(b.blocked_at) as since
    from targeted t join user_blocked_devices b on b.user_id = of_user and b.id = t.id
    where t.kind = 'block' group by t.device_id
  ), router as (
    select r.router_id, r.home_id, p.mode, p.whitelist_limit_rate, p.whitelist_full_rate, p.blacklist_limit_rate, p.blacklist_full_rate,
      p.applied_revision >= p.policy_revision and coalesce('time' = any (r.agent_features), false) as is_armed,
      array(select line ->> 'device_id' from jsonb_array_elements(p.refused_lines) line where line ->> 'device_id' is not null) as refused
    from user_routers r join router_policies p on p.user_id = r.user_id and p.router_id = r.router_id
    where r.user_id = of_user and (of_home is null or r.home_id = of_home) and (of_router is null or r.router_id = of_router)
      and (of_devices is null or of_home is not null or r.router_id in (select device.router_id from device))
  )
  select
    (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'timezone', h.timezone, 'rules', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'id', a.id, 'kind', a.kind, 'name', a.name, 'target', a.target, 'person_id', a.person_id,
          'device_id', a.device_id, 'network', a.network, 'router_id', a.router_id,
          'access', a.access, 'down_rate', a.down_rate, 'up_rate', a.up_rate,
          'from', whole_second(a.from_at, 'down'), 'until', whole_second(a.until_at, 'up'), 'windows', a.windows)
          order by a.created_at, a.id), '[]')
        from access_rules a
        where a.user_id = h.user_id and a.home_id = h.id and a.is_active
          and (a.until_at is null or a.until_at > now() - interval '8 days')))), '[]')
      from homes h
      where h.user_id = of_user and (h.id = of_home or h.id in (select router.home_id from router))),
    (select coalesce(jsonb_agg(to_jsonb(router)), '[]') from router),
    (select coalesce(jsonb_agg(jsonb_build_object(
        'id', d.id, 'router_id', d.router_id, 'home_id', d.home_id, 'is_router', d.is_router, 'person_id', d.person_id,
        'network', d.network, 'is_reviewed', d.reviewed_at is not null,
        'blocked_since', whole_second(blocked.since, 'down'), 'is_listed', listed.device_id is not null,
        'part_ids', parts.ids, 'macs', parts.macs, 'ip', case when d.holds_ip then host(d.ip) end) order by d.id), '[]')
      from device d
      join (
        select p.device_id, jsonb_agg(p.id order by p.id) as ids,
          coalesce(jsonb_agg(p.mac order by p.mac) filter (where p.mac is not null), '[]') as macs
        from part p group by p.device_id) parts on parts.device_id = d.id
      left join blocked on blocked.device_id = d.id
      left join (select distinct t.device_id from targeted t where t.kind <> 'block') listed on listed.device_id = d.id)
$$;
