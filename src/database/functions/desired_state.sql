-- What a linked router must do, as the user; no row if there is no such router, or it is unlinked. is_key_current is
-- false if key_fingerprint (null: the router was dialled) is not that of the router's present key, and while the user is
-- inactive: a connection that was there before ends, and what holds on the router stays. `home` is what the rules of the home say, as
-- load_home() gives it: null if there are none; only the devices that they name, if none is about devices that nobody has seen.
-- has_ended: a rule was in force when the router confirmed its revision, or a quarter of an hour before, and is over.
-- All that documents are compiled from is null if the revision is the known one.
create or replace function desired_state(of_user uuid, of_router varchar, key_fingerprint bytea, known_revision bigint default null)
returns table (policy_revision bigint, applied_revision bigint, connection_id uuid, is_key_current boolean,
               is_scan_wanted boolean, wanted_update varchar, mode varchar, whitelist_limit_rate bigint, whitelist_full_rate bigint,
               blacklist_limit_rate bigint, blacklist_full_rate bigint,
               applied_at bigint, has_ended boolean, home_id uuid, home jsonb, blocks jsonb, listed jsonb, own text[])
language plpgsql volatile set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.user_id', of_user::text, true);
  return query
    with named as (
      select e.kind, jsonb_build_object('ip', host(e.device_ip), 'mac', e.device_mac,
        -- All MACs of a device that others were merged into.
        'device_macs', array(
          select part.mac from user_devices d
          join user_devices part on part.user_id = d.user_id
            and (part.id = coalesce(d.shown_as, d.id) or part.shown_as = coalesce(d.shown_as, d.id))
          where d.user_id = e.user_id and d.id = e.device_id and part.mac is not null)) as entry
      from policy_targets e where e.user_id = of_user and e.router_id = of_router and e.is_active
    ), wanted as (
      select p.*, r.home_id, p.policy_revision is distinct from known_revision as is_news from router_policies p
      join user_routers r on r.user_id = p.user_id and r.router_id = p.router_id
      where p.user_id = of_user and p.router_id = of_router
    ), rule as (
      select a.target, a.person_id, a.device_id from access_rules a join wanted w on w.user_id = a.user_id and w.home_id = a.home_id
      -- To the end of the second, as load_home() cuts it.
      where a.is_active and (a.until_at is null or a.until_at > now() - interval '1 second')
    )
    select p.policy_revision, p.applied_revision, r.connection_id,
      (select u.is_active from users u where u.id = of_user) and (key_fingerprint is null or exists (
        select from router_keys k
        where k.user_id = of_user and k.router_id = of_router
          and k.fingerprint = key_fingerprint and k.revoked_at is null)),
      r.scan_wanted_at is not null, case when r.update_state = 'wanted' then r.update_version end, p.mode, p.whitelist_limit_rate, p.whitelist_full_rate, p.blacklist_limit_rate, p.blacklist_full_rate,
      whole_second(p.applied_at, 'down'), exists (
        select from access_rules a where a.user_id = of_user and a.home_id = r.home_id
          and a.until_at between p.applied_at - interval '15 minutes' and now() - interval '1 second'), r.home_id,
      case when p.is_news and exists (select from rule) then (
        select to_jsonb(l) from load_home(of_user, r.home_id, null, case
          when not exists (select from rule where rule.target in ('everyone', 'network')) then array(
            select rule.device_id from rule where rule.device_id is not null
            union select d.id from user_devices d where d.user_id = of_user and d.person_id in (select rule.person_id from rule))
        end) l) end,
      case when p.is_news then (select coalesce(jsonb_agg(n.entry), '[]') from named n where n.kind = 'block') end,
      case when p.is_news then (select coalesce(jsonb_agg(n.entry), '[]') from named n where n.kind = p.mode) end,
      case when p.is_news then array(
        select r.lan_mac::text where r.lan_mac is not null
        union select host(r.router_ip) where r.router_ip is not null
        union select d.mac::text from user_devices d
          where d.user_id = of_user and d.router_id = of_router and d.is_router and d.mac is not null) end
    from user_routers r
    join wanted p on p.user_id = r.user_id and p.router_id = r.router_id
    where r.user_id = of_user and r.router_id = of_router and r.is_active;
end
$$;
