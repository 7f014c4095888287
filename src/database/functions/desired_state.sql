-- What a linked router must do, as the user; no row if there is no such router, or it is unlinked. is_key_current is
-- false if key_fingerprint (null: the router was dialled) is not that of the router's present key, and while the user is
-- inactive: a connection that was there before ends, and what holds on the router stays.
create or replace function desired_state(of_user uuid, of_router varchar, key_fingerprint bytea)
returns table (policy_revision bigint, applied_revision bigint, connection_id uuid, is_key_current boolean,
               is_scan_wanted boolean, wanted_update varchar, mode varchar, whitelist_limit_rate bigint, whitelist_full_rate bigint,
               blacklist_limit_rate bigint, blacklist_full_rate bigint,
               blocks jsonb, listed jsonb, own text[])
language plpgsql volatile as $$
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
    )
    select p.policy_revision, p.applied_revision, r.connection_id,
      (select u.is_active from users u where u.id = of_user) and (key_fingerprint is null or exists (
        select from router_keys k
        where k.user_id = of_user and k.router_id = of_router
          and k.fingerprint = key_fingerprint and k.revoked_at is null)),
      r.scan_wanted_at is not null, case when r.update_state = 'wanted' then r.update_version end, p.mode, p.whitelist_limit_rate, p.whitelist_full_rate, p.blacklist_limit_rate, p.blacklist_full_rate,
      (select coalesce(jsonb_agg(n.entry), '[]') from named n where n.kind = 'block'),
      (select coalesce(jsonb_agg(n.entry), '[]') from named n where n.kind = p.mode),
      array(
        select r.lan_mac::text where r.lan_mac is not null
        union select host(r.router_ip) where r.router_ip is not null
        union select d.mac::text from user_devices d
          where d.user_id = of_user and d.router_id = of_router and d.is_router and d.mac is not null)
    from user_routers r
    join router_policies p on p.user_id = r.user_id and p.router_id = r.router_id
    where r.user_id = of_user and r.router_id = of_router and r.is_active;
end
$$;
