-- Routers that the Commands-Server dials, because they do not dial in: by what it knows each, and what it shows it.
create table router_dials (
  user_id uuid not null,
  router_id varchar(255) not null,
  -- The router's own, told when it was linked: nobody else is spoken to.
  host_key text not null check (host_key ~ '^ssh-ed25519 [A-Za-z0-9+/]{68}$'),
  -- Made for this router and this linking alone, so that the address of another user's router opens nothing.
  client_key text not null check (client_key ~ '^ssh-ed25519 [A-Za-z0-9+/]{68}$'),
  sealed_client_key bytea not null,
  -- Why the last call did not come about.
  problem varchar(20) check (problem in ('no-address', 'not-allowed', 'unreachable', 'other-host-key', 'key-refused', 'key-sealed')),
  -- The Commands-Server whose turn it is, as host:port.
  claimed_by varchar(300),
  claimed_until timestamptz,
  created_at timestamptz not null default now(),
  primary key (user_id, router_id),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  constraint router_dials_claim check ((claimed_by is null) = (claimed_until is null))
);
select isolate_tenant_table('router_dials');

create trigger router_dials_notify after insert or update of client_key on router_dials
  for each row execute function notify_router();
create trigger user_routers_notify_moved after update of router_ip, tunnel_port on user_routers
  for each row when (old.router_ip is distinct from new.router_ip or old.tunnel_port is distinct from new.tunnel_port)
  execute function notify_router();

-- The routers that are this node's to dial for so many seconds from now on: those it has already, and those that no node has
-- (its claim is over: it died). With 0 it gives up its own. An unlinked router is dialled for 30 days, to be told.
create function claim_dials(node varchar, seconds integer) returns table (user_id uuid, router_id varchar)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.maintenance', 'on', true);
  return query
    update router_dials d set claimed_by = node, claimed_until = now() + make_interval(secs => seconds)
      from user_routers r
      where r.user_id = d.user_id and r.router_id = d.router_id
        and (r.is_active or r.updated_at > now() - interval '30 days')
        and (d.claimed_by = node or (seconds > 0 and coalesce(d.claimed_until < now(), true)))
      returning d.user_id, d.router_id;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function claim_dials(varchar, integer) from public;
grant execute on function claim_dials(varchar, integer) to netpilot_service;
