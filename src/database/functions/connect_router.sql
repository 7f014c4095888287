-- A router has connected: this connection counts from now on, and an earlier one is replaced (a trigger tells its node). What it says: see mark_connected(). A
-- silent one leaves no events. Gives whose answers it is to measure (null: nobody has chosen), whether take_requests() has something for it, and whether
-- it was connected until now, as the same box, and scanned within ten minutes; no row if the user has no such router, or it is not linked.
create or replace function connect_router(by_node varchar, of_user uuid, of_router varchar, said jsonb)
returns table (health_targets text[], is_asked boolean, is_scanned boolean)
language plpgsql volatile as $$
#variable_conflict use_column
declare
  features constant varchar[] := array(select jsonb_array_elements_text(said -> 'features'));
  lan constant macaddr := (said ->> 'lan')::macaddr;
  lan_before macaddr;
  rival_seen timestamptz;
begin
  update user_routers r
    set is_connected = true, connection_id = (said ->> 'connection_id')::uuid, connected_at = now(), last_seen = now(), connected_node = by_node,
      agent_version = said ->> 'version', limiter = said ->> 'limiter', lan_mac = lan, agent_features = features,
      -- It says so when it is asked.
      clock = case when 'time' = any (features) then r.clock end,
      connections = case when r.connections_since > now() - interval '1 hour' then r.connections + 1 else 1 end,
      connections_since = case when r.connections_since > now() - interval '1 hour' then r.connections_since else now() end,
      update_version = nullif(r.update_version, said ->> 'version'),
      update_state = case when r.update_version = said ->> 'version' then null when r.update_state = 'trying' then 'put-back'
        when r.update_state = 'sending' then 'interrupted' else r.update_state end
    from (
      select b.id, b.lan_mac, b.rival_seen_at, b.is_connected from user_routers b
      where b.user_id = of_user and b.router_id = of_router and b.is_active for no key update
    ) before
    where r.user_id = of_user and r.id = before.id
    returning before.lan_mac, before.rival_seen_at, r.is_asked or coalesce(r.usage_wanted_until > now(), false),
      case when r.health_targets is not null then array(select host(t) from unnest(r.health_targets) t) end,
      coalesce(before.is_connected and before.lan_mac = lan and r.scan_wanted_at is null and r.devices_seen_at > now() - interval '10 minutes', false)
    into lan_before, rival_seen, connect_router.is_asked, connect_router.health_targets, connect_router.is_scanned;
  if not found then return; end if;
  connect_router.is_asked := connect_router.is_asked or exists (
    select from user_devices d where d.user_id = of_user and d.router_id = of_router and d.wake_wanted_at is not null);
  return next;
  perform end_away(of_user, of_router);
  if (said ->> 'is_silent')::boolean then return; end if;
  insert into events (user_id, type, router_id) values (of_user, 'router.connected', of_router);
  -- Of two boxes that take turns, that they do has been said.
  if lan_before is distinct from lan and (rival_seen > now() - interval '1 hour') is not true then
    perform note_lan_mac(of_user, of_router, lan_before, lan);
  end if;
end
$$;
