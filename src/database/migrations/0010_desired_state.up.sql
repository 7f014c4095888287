-- Whether a router is connected now, and by which of its connections: the newest one counts.
alter table user_routers
  add column is_connected boolean not null default false,
  add column connected_at timestamptz,
  -- The Commands-Server that holds the connection, as host:port.
  add column connected_node varchar(300),
  add column connection_id uuid,
  -- What the agent said of itself when it connected last.
  add column agent_version varchar(32),
  add column limiter varchar(3) check (limiter in ('nft', 'tc')),
  add column lan_mac macaddr,
  add constraint user_routers_connection check (is_connected = (connection_id is not null));
create index user_routers_connected_node on user_routers (connected_node) where is_connected;

-- The router's own word that it did not take a revision. Gone once it takes one.
alter table router_policies
  add column refused_revision bigint,
  add column refused_reason varchar(20) check (refused_reason in ('incomplete', 'invalid', 'nft', 'storage')),
  add constraint router_policies_refused check ((refused_revision is null) = (refused_reason is null));

-- Tells every Commands-Server to look at one router again: "<user_id> <router_id>".
create function notify_router() returns trigger
language plpgsql as $$
declare
  changed record;
begin
  if tg_op = 'DELETE' then changed := old; else changed := new; end if;
  if changed.router_id is not null then
    perform pg_notify('netpilot_router', changed.user_id || ' ' || changed.router_id);
  end if;
  return null;
end
$$;
create trigger router_policies_notify after update of policy_revision on router_policies
  for each row when (old.policy_revision <> new.policy_revision) execute function notify_router();
create trigger user_routers_notify_replaced after update of connection_id on user_routers
  for each row when (old.connection_id <> new.connection_id) execute function notify_router();
create trigger user_routers_notify_unlinked after update of is_active on user_routers
  for each row when (old.is_active <> new.is_active) execute function notify_router();
create trigger user_routers_notify_deleted after delete on user_routers
  for each row execute function notify_router();
create trigger router_keys_notify_revoked after update of revoked_at on router_keys
  for each row when (old.revoked_at is distinct from new.revoked_at) execute function notify_router();

-- The Commands-Server knows a session by its public name, before it knows whose it is.
create policy named on user_sessions for select to netpilot_service
  using (session_id = (select nullif(current_setting('netpilot.session_name', true), '')));

-- Connections that are none: those of a node that has just started (they ended with it), and those that
-- nobody has heard of for three minutes (their node died). Gives how many there were.
create function end_lost_connections(node varchar) returns bigint
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  ended bigint;
begin
  perform set_config('netpilot.maintenance', 'on', true);
  update user_routers set is_connected = false, connection_id = null
    where is_connected and (connected_node = node or last_seen < now() - interval '3 minutes');
  get diagnostics ended = row_count;
  perform set_config('netpilot.maintenance', '', true);
  return ended;
end
$$;
revoke execute on function end_lost_connections(varchar) from public;
grant execute on function end_lost_connections(varchar) to netpilot_service;

-- Keys of the service's own, sealed with SECRET_KEY: the host key that every linked router has pinned.
create table server_keys (
  -- SHA-256 of a secret derived from SECRET_KEY: who does not have that does not even see the row.
  credential_hash bytea primary key check (octet_length(credential_hash) = 32),
  purpose varchar(50) not null unique,
  public_key text not null,
  sealed_key bytea not null,
  created_at timestamptz not null default now()
);
alter table server_keys enable row level security, force row level security;
create policy credential on server_keys to netpilot_service
  using (credential_hash = (select current_credential())) with check (credential_hash = (select current_credential()));
create policy maintenance on server_keys to netpilot_owner
  using ((select maintenance_is_on())) with check ((select maintenance_is_on()));
grant select, insert on server_keys to netpilot_service;
