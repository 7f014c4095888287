-- The router has applied a revision: stored, with the lines of its document that it refused (line, reason, address), and an event. Each
-- line gets the device that has the address now. Does nothing if the policy never had that revision, or the connection counts no more. Gives for
-- how many seconds the router had something to do, and whether it was connected all that time.
create or replace function confirm_revision(of_user uuid, of_router varchar, of_connection uuid, revision bigint, refused jsonb)
returns table (waited double precision, was_connected boolean)
language plpgsql volatile as $$
declare
  since timestamptz;
  connected timestamptz;
begin
  perform set_config('netpilot.user_id', of_user::text, true);
  select p.pending_since, r.connected_at into since, connected
    from router_policies p join user_routers r on r.user_id = p.user_id and r.router_id = p.router_id
    where p.user_id = of_user and p.router_id = of_router and r.connection_id = of_connection
    for no key update of p;
  if not found then return; end if;
  update router_policies p
    set applied_revision = revision, applied_at = now(), refused_revision = null, refused_reason = null,
      -- Of what has come after it, since the first of it.
      pending_since = case when p.policy_revision > revision then coalesce((
        select min(e.at) from events e
        where e.user_id = of_user and e.router_id = of_router and e.type = 'policy.pending'
          and (e.data ->> 'policy_revision')::bigint > revision), p.pending_since) end,
      refused_lines = coalesce((
        select jsonb_agg(line || jsonb_build_object('device_id', (
          select coalesce(d.shown_as, d.id) from user_devices d
          where d.user_id = of_user and d.router_id = of_router
            and (d.mac::text = line ->> 'address' or d.holds_ip and host(d.ip) = line ->> 'address')
          order by d.last_seen desc limit 1)) order by place)
        from jsonb_array_elements(refused) with ordinality of_document (line, place)), '[]')
    where p.user_id = of_user and p.router_id = of_router and p.policy_revision >= revision;
  if not found then return; end if;
  insert into events (user_id, type, router_id, data)
    values (of_user, 'policy.applied', of_router, jsonb_build_object('applied_revision', revision));
  if since is not null then
    return query select extract(epoch from clock_timestamp() - since)::double precision, coalesce(connected <= since, false);
  end if;
end
$$;
