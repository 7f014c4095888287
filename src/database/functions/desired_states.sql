-- What many linked routers must do. Each is {user_id, router_id, fingerprint, known}; gives the place among them, from 1, of each that there is and that is
-- not unlinked. is_key_current is false if the fingerprint (in hex; null: the router was dialled) is not that of the router's present key, and while the user is
-- inactive: a connection that was there before ends, and what holds on the router stays. `home` is what load_rules() gives.
-- has_ended: a rule was in force when the router confirmed its revision, or a quarter of an hour before, and is over.
-- All that documents are compiled from is null if the revision is the known one. Every row is found by its user (docs/decisions/0047).
create or replace function desired_states(asked jsonb)
returns table (place integer, policy_revision bigint, applied_revision bigint, connection_id uuid, is_key_current boolean,
               is_scan_wanted boolean, wanted_update varchar, mode varchar, whitelist_limit_rate bigint, whitelist_full_rate bigint,
               blacklist_limit_rate bigint, blacklist_full_rate bigint,
               applied_at bigint, has_ended boolean, home_id uuid, home jsonb, blocks jsonb, listed jsonb, own text[])
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.maintenance', 'on', true);
  return query
    with said as materialized (
      select a.ordinality::integer as place, (a.value ->> 'user_id')::uuid as user_id, (a.value ->> 'router_id')::varchar as router_id,
        decode(a.value ->> 'fingerprint', 'hex') as fingerprint, (a.value ->> 'known')::bigint as known
      from jsonb_array_elements(asked) with ordinality a
    ), found as materialized (
      -- One by one: a plan made while there were few routers would read all of them.
      select s.place, s.user_id, s.router_id, s.fingerprint, one.*, one.policy_revision is distinct from s.known as is_news
      from said s cross join lateral (
        select p.policy_revision, p.applied_revision, p.applied_at,
          p.mode, p.whitelist_limit_rate, p.whitelist_full_rate, p.blacklist_limit_rate, p.blacklist_full_rate,
          r.connection_id, r.scan_wanted_at, r.update_state, r.update_version, r.home_id, r.lan_mac, r.router_ip, u.is_active
        from user_routers r join router_policies p on p.user_id = r.user_id and p.router_id = r.router_id join users u on u.id = r.user_id
        where r.user_id = s.user_id and r.router_id = s.router_id and r.is_active
        limit 1
      ) one
    )
    select f.place, f.policy_revision, f.applied_revision, f.connection_id,
      f.is_active and (f.fingerprint is null or exists (
        select from router_keys k
        where k.user_id = f.user_id and k.router_id = f.router_id
          and k.fingerprint = f.fingerprint and k.revoked_at is null)),
      f.scan_wanted_at is not null, case when f.update_state = 'wanted' then f.update_version end,
      f.mode, f.whitelist_limit_rate, f.whitelist_full_rate, f.blacklist_limit_rate, f.blacklist_full_rate,
      whole_second(f.applied_at, 'down'), exists (
        select from access_rules a where a.user_id = f.user_id and a.home_id = f.home_id
          and a.until_at between f.applied_at - interval '15 minutes' and now() - interval '1 second'), f.home_id,
      case when f.is_news and exists (select from access_rules a where a.user_id = f.user_id and a.home_id = f.home_id and a.is_active)
        then load_rules(f.user_id, f.home_id) end,
      case when f.is_news then coalesce(target.entries -> 'block', '[]') end,
      case when f.is_news then coalesce(target.entries -> f.mode, '[]') end,
      case when f.is_news then array(
        select f.lan_mac::text where f.lan_mac is not null
        union select host(f.router_ip) where f.router_ip is not null
        union select d.mac::text from user_devices d
          where d.user_id = f.user_id and d.router_id = f.router_id and d.is_router and d.mac is not null) end
    from found f left join lateral (
      select jsonb_object_agg(of_kind.kind, of_kind.entries) as entries from (
        select e.kind, jsonb_agg(jsonb_build_object('ip', host(e.device_ip), 'mac', e.device_mac,
          -- All MACs of a device that others were merged into. (No index is asked for a coalesce(), which is not leakproof: a policy comes first.)
          'device_macs', array(
            select part.mac from user_devices d
            cross join lateral (select coalesce(d.shown_as, d.id) as id offset 0) whole
            cross join lateral (
              select w.mac from user_devices w where w.user_id = d.user_id and w.id = whole.id
              union all
              select p.mac from user_devices p where p.user_id = d.user_id and p.shown_as = whole.id
            ) part
            where d.user_id = e.user_id and d.id = e.device_id and part.mac is not null))) as entries
        from policy_targets e
        where e.user_id = f.user_id and e.router_id = f.router_id and e.is_active and e.kind in ('block', f.mode)
        group by e.kind) of_kind
    ) target on f.is_news;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function desired_states(jsonb) from public;
grant execute on function desired_states(jsonb) to netpilot_service;
