-- Every table as it was on 2026-11-26, when fifteen earlier migrations became this one.
-- Functions have files of their own (../functions) and are there before any migration runs.

create table users (
  id uuid primary key default uuid_v7(),
  -- The issuer's `sub`; null for a user known only from an import or the local link.
  google_id varchar(255) unique,
  -- The issuer that vouches for google_id: the same `sub` at another issuer is another person.
  issuer varchar(500),
  email varchar(255) not null unique,
  full_name varchar(255),
  avatar_url varchar(500),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  last_login timestamptz,
  is_active boolean not null default true,
  constraint users_email_format check (email = lower(email) and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  constraint users_identity_has_issuer check ((google_id is null) = (issuer is null))
);
create trigger users_set_updated_at before update on users
  for each row execute function set_updated_at();
create trigger users_deactivated after update of is_active on users
  for each row when (old.is_active and not new.is_active)
  execute function end_sessions_of_inactive_user();
select isolate_tenant_table('users', 'id');
-- At sign-in the user is not known yet: the identity the issuer vouched for opens its own row.
create policy sign_in on users for select to netpilot_service using (
  google_id = nullif(current_setting('netpilot.sign_in_subject', true), '')
  or email = nullif(current_setting('netpilot.sign_in_email', true), ''));

-- Sessions of a browser and, with a token_name, API tokens, which a program keeps: no cookie, no sliding.
create table user_sessions (
  id uuid not null default uuid_v7(),
  user_id uuid not null references users (id) on delete cascade,
  -- The public name of the session, used towards the Commands-Server. It opens nothing.
  session_id varchar(255) not null unique,
  -- SHA-256 of the token; the token itself is not stored.
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  user_agent varchar(500),
  ip_address inet,
  is_active boolean not null default true,
  token_name varchar(255) check (token_name <> ''),
  primary key (user_id, id),
  constraint user_sessions_within_bounds
    check (expires_at <= created_at + case when token_name is null then interval '7 days' else interval '366 days' end)
);
create index user_sessions_expires_at on user_sessions (expires_at);
create trigger user_sessions_ended after delete or update of is_active on user_sessions
  for each row execute function announce_ended_session();
select isolate_tenant_table('user_sessions');
create policy credential on user_sessions for select to netpilot_service
  using (token_hash = (select current_credential()));
-- The Commands-Server knows a session by its public name, before it knows its user.
create policy named on user_sessions for select to netpilot_service
  using (session_id = (select nullif(current_setting('netpilot.session_name', true), '')));

-- One row for each sign-in under way. The callback deletes it, so a callback works once.
create table sign_in_attempts (
  state_hash bytea primary key check (octet_length(state_hash) = 32),
  nonce varchar(255) not null,
  code_verifier varchar(255) not null,
  return_to varchar(500) not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sign_in_attempts_expires_at on sign_in_attempts (expires_at);

-- One-time sign-in links for loopback, when no issuer is configured.
create table local_sign_in_links (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  email varchar(255) not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

-- The service's own keys, sealed with SECRET_KEY: the host key that every linked router has pinned.
create table server_keys (
  -- SHA-256 of a secret derived from SECRET_KEY: without that secret not even the row is visible.
  credential_hash bytea primary key check (octet_length(credential_hash) = 32),
  purpose varchar(50) not null unique,
  public_key text not null,
  sealed_key bytea not null,
  created_at timestamptz not null default now()
);

-- These three belong to no user; a row opens to the secret that it holds the hash of.
do $$
declare
  item record;
begin
  for item in
    select * from (values
      ('sign_in_attempts', 'state_hash', 'select, insert, delete'),
      ('local_sign_in_links', 'token_hash', 'select, insert, delete'),
      ('server_keys', 'credential_hash', 'select, insert')) t (name, hash_column, rights)
  loop
    execute format('alter table %I enable row level security, force row level security', item.name);
    execute format('create policy credential on %I to netpilot_service using (%I = (select current_credential())) with check (%I = (select current_credential()))',
      item.name, item.hash_column, item.hash_column);
    execute format('create policy maintenance on %I to netpilot_owner using ((select maintenance_is_on())) with check ((select maintenance_is_on()))', item.name);
    execute format('grant %s on %I to netpilot_service', item.rights, item.name);
  end loop;
end
$$;

create table user_routers (
  id uuid not null default uuid_v7(),
  user_id uuid not null references users (id) on delete cascade,
  router_id varchar(255) not null check (router_id ~ '^[A-Za-z0-9][A-Za-z0-9._:-]*$'),
  router_name varchar(255),
  router_ip inet,
  tunnel_port integer check (tunnel_port between 1 and 65535),
  cloud_vm_ip inet,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  last_seen timestamptz,
  is_active boolean not null default true,
  -- Whether it is connected now, and by which of its connections: the newest one counts.
  is_connected boolean not null default false,
  connected_at timestamptz,
  -- The Commands-Server that holds the connection, as host:port.
  connected_node varchar(300),
  connection_id uuid,
  -- What the agent reported when it connected last.
  agent_version varchar(32),
  limiter varchar(3) check (limiter in ('nft', 'tc')),
  lan_mac macaddr,
  primary key (user_id, id),
  unique (user_id, router_id),
  constraint user_routers_connection check (is_connected = (connection_id is not null))
);
create index user_routers_router_id on user_routers (router_id);
create index user_routers_connected_node on user_routers (connected_node) where is_connected;
create trigger user_routers_set_updated_at before update on user_routers
  for each row execute function set_updated_at();
create trigger user_routers_create_policy after insert on user_routers
  for each row execute function create_router_policy();
create trigger user_routers_notify_replaced after update of connection_id on user_routers
  for each row when (old.connection_id <> new.connection_id) execute function notify_router();
create trigger user_routers_notify_unlinked after update of is_active on user_routers
  for each row when (old.is_active <> new.is_active) execute function notify_router();
create trigger user_routers_notify_moved after update of router_ip, tunnel_port on user_routers
  for each row when (old.router_ip is distinct from new.router_ip or old.tunnel_port is distinct from new.tunnel_port)
  execute function notify_router();
create trigger user_routers_notify_deleted after delete on user_routers
  for each row execute function notify_router();
select isolate_tenant_table('user_routers');

-- The desired state of one router. Rates are bits per second; 0 stops all traffic; null is unlimited.
create table router_policies (
  user_id uuid not null,
  router_id varchar(255) not null,
  mode varchar(20) not null default 'none' check (mode in ('none', 'whitelist', 'blacklist')),
  whitelist_limit_rate bigint default 50000000 check (whitelist_limit_rate >= 0),
  whitelist_full_rate bigint check (whitelist_full_rate > 0),
  blacklist_limit_rate bigint default 50000000 check (blacklist_limit_rate >= 0),
  blacklist_full_rate bigint check (blacklist_full_rate > 0),
  -- Raised by every change of what the router must do; the agent's answer carries it back.
  policy_revision bigint not null default 1,
  applied_revision bigint not null default 0 check (applied_revision <= policy_revision),
  applied_at timestamptz,
  updated_at timestamptz not null default now(),
  -- The revision that the router refused last, and why. Null once it applies one.
  refused_revision bigint,
  refused_reason varchar(20) check (refused_reason in ('incomplete', 'invalid', 'nft', 'storage')),
  primary key (user_id, router_id),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  constraint router_policies_refused check ((refused_revision is null) = (refused_reason is null))
);
create trigger router_policies_set_updated_at before update on router_policies
  for each row execute function set_updated_at();
create trigger router_policies_notify after update of policy_revision on router_policies
  for each row when (old.policy_revision <> new.policy_revision) execute function notify_router();
select isolate_tenant_table('router_policies');

-- The keys that routers dial in with. A key is linked once, ever: a revoked one stays, so that the router
-- that still has it is told to leave, and nobody can link it again as another's.
create table router_keys (
  user_id uuid not null references users (id) on delete cascade,
  -- Null once the router is deleted.
  router_id varchar(255),
  -- SHA-256 of the key's blob, as `ssh-keygen -l` shows it.
  fingerprint bytea not null unique check (octet_length(fingerprint) = 32),
  public_key text not null check (public_key ~ '^ssh-ed25519 [A-Za-z0-9+/]{68}$'),
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  primary key (user_id, fingerprint),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete set null (router_id)
);
-- A router has one key at a time.
create unique index router_keys_current on router_keys (user_id, router_id) where revoked_at is null;
create index router_keys_router on router_keys (user_id, router_id);
create trigger router_keys_notify_revoked after update of revoked_at on router_keys
  for each row when (old.revoked_at is distinct from new.revoked_at) execute function notify_router();
select isolate_tenant_table('router_keys');
-- A router that dials in is known by its key alone.
create policy credential on router_keys for select to netpilot_service
  using (fingerprint = (select current_credential()));

-- What a person pastes on a router to link it: works once, for 10 minutes.
create table pairing_codes (
  user_id uuid not null references users (id) on delete cascade,
  id uuid not null default uuid_v7(),
  -- SHA-256 of the code; the code itself is not stored.
  code_hash bytea not null unique check (octet_length(code_hash) = 32),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '10 minutes',
  used_at timestamptz,
  -- The router that it linked.
  router_id varchar(255),
  primary key (user_id, id),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  constraint pairing_codes_used_for_a_router check ((used_at is null) = (router_id is null))
);
create index pairing_codes_router on pairing_codes (user_id, router_id);
create index pairing_codes_expires_at on pairing_codes (expires_at);
select isolate_tenant_table('pairing_codes');
create policy credential on pairing_codes for select to netpilot_service
  using (code_hash = (select current_credential()));

-- Routers that the Commands-Server dials, because they do not dial in, with the keys of both sides.
create table router_dials (
  user_id uuid not null,
  router_id varchar(255) not null,
  -- The router's own, read when it was linked: a host with another key is refused.
  host_key text not null check (host_key ~ '^ssh-ed25519 [A-Za-z0-9+/]{68}$'),
  -- Made for this router and this linking alone, so that the address of another user's router opens nothing.
  client_key text not null check (client_key ~ '^ssh-ed25519 [A-Za-z0-9+/]{68}$'),
  sealed_client_key bytea not null,
  -- Why the last attempt failed.
  problem varchar(20) check (problem in ('no-address', 'not-allowed', 'unreachable', 'other-host-key', 'key-refused', 'key-sealed')),
  -- The Commands-Server whose turn it is, as host:port.
  claimed_by varchar(300),
  claimed_until timestamptz,
  created_at timestamptz not null default now(),
  primary key (user_id, router_id),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  constraint router_dials_claim check ((claimed_by is null) = (claimed_until is null))
);
create trigger router_dials_notify after insert or update of client_key on router_dials
  for each row execute function notify_router();
select isolate_tenant_table('router_dials');

-- One row is one MAC (or one address whose MAC is unknown). Scans write device_addresses and device_presence;
-- settle_devices() derives from these what the row of the device shows.
create table user_devices (
  id uuid not null default uuid_v7(),
  user_id uuid not null,
  router_id varchar(255) not null,
  -- Where the device was last seen; it holds that address now only while holds_ip.
  ip inet not null check (masklen(ip) = case family(ip) when 4 then 32 else 128 end),
  mac macaddr,
  hostname varchar(255),
  device_name varchar(255),
  device_type varchar(100),
  manufacturer varchar(255),
  first_seen timestamptz not null default now(),
  last_seen timestamptz not null default now(),
  holds_ip boolean not null default true,
  is_online boolean not null default false,
  is_router boolean not null default false,
  updated_at timestamptz not null default now(),
  -- The device that a person merged this one into. Kept as entered, so that each merge can be undone.
  merged_into uuid,
  -- The end of that chain: the device it is shown as, which has the addresses, presence, lists and blocks of all its
  -- parts. Its own row rests, and is settled again when the merge is undone.
  shown_as uuid,
  -- The address it was known by until a scan saw its MAC: an import that uses that address means this device.
  recognised_ip inet check (masklen(recognised_ip) = case family(recognised_ip) when 4 then 32 else 128 end),
  -- When an import named it first; null if only scans have.
  imported_at timestamptz,
  primary key (user_id, id),
  unique (user_id, router_id, mac),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  foreign key (user_id, merged_into) references user_devices (user_id, id) on delete cascade,
  foreign key (user_id, shown_as) references user_devices (user_id, id) on delete cascade,
  constraint user_devices_seen_in_order check (first_seen <= last_seen),
  constraint user_devices_merged check (
    (merged_into is null) = (shown_as is null) and merged_into <> id and shown_as <> id),
  constraint user_devices_part_rests check (shown_as is null or not (holds_ip or is_online))
);
-- An address belongs to at most one of the devices that hold one now.
create unique index user_devices_ip_holder on user_devices (user_id, router_id, ip) where holds_ip;
-- The list of a router's devices, the last seen first: a page is read off the index, without sorting.
create index user_devices_last_seen on user_devices (user_id, router_id, last_seen, id);
create index user_devices_merged_into on user_devices (user_id, merged_into) where merged_into is not null;
create index user_devices_shown_as on user_devices (user_id, shown_as) where shown_as is not null;
create index user_devices_recognised on user_devices (user_id, router_id, recognised_ip) where recognised_ip is not null;
create trigger user_devices_set_updated_at before update on user_devices
  for each row execute function set_updated_at();
select isolate_tenant_table('user_devices');

-- One row for each address that a device has or had.
create table device_addresses (
  user_id uuid not null,
  device_id uuid not null,
  ip inet not null,
  router_id varchar(255) not null,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  -- Until the device has another address, or another device has this one.
  is_current boolean not null default false,
  primary key (user_id, device_id, ip),
  foreign key (user_id, device_id) references user_devices (user_id, id) on delete cascade,
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  constraint device_addresses_seen_in_order check (first_seen <= last_seen)
) with (fillfactor = 80); -- room to note each scan without touching an index
create index device_addresses_ip on device_addresses (user_id, router_id, ip);
create unique index device_addresses_holder on device_addresses (user_id, router_id, ip) where is_current;
create index device_addresses_current on device_addresses (user_id, device_id) where is_current;
select isolate_tenant_table('device_addresses');

-- When a device was there: one row for each stay, its end null while it lasts.
create table device_presence (
  user_id uuid not null,
  device_id uuid not null,
  online_at timestamptz not null,
  offline_at timestamptz,
  router_id varchar(255) not null,
  primary key (user_id, device_id, online_at),
  foreign key (user_id, device_id) references user_devices (user_id, id) on delete cascade,
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  constraint device_presence_in_order check (online_at <= offline_at)
);
create unique index device_presence_open on device_presence (user_id, router_id, device_id) where offline_at is null;
select isolate_tenant_table('device_presence');

-- A list entry or a block is for a device's MAC if it is known, else for an address: two devices that
-- had the same address one after the other can both be listed, one device only once.
create table user_whitelists (
  id uuid not null default uuid_v7(),
  user_id uuid not null,
  router_id varchar(255) not null,
  device_id uuid,
  device_ip inet not null,
  device_mac macaddr,
  device_name varchar(255),
  description text,
  added_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  foreign key (user_id, device_id) references user_devices (user_id, id) on delete set null (device_id)
);
create unique index user_whitelists_mac on user_whitelists (user_id, router_id, device_mac) where device_mac is not null;
create unique index user_whitelists_ip on user_whitelists (user_id, router_id, device_ip) where device_mac is null;
create index user_whitelists_router on user_whitelists (user_id, router_id, id);
create index user_whitelists_device on user_whitelists (user_id, device_id);
create trigger user_whitelists_set_updated_at before update on user_whitelists
  for each row execute function set_updated_at();
select isolate_tenant_table('user_whitelists');

create table user_blacklists (
  id uuid not null default uuid_v7(),
  user_id uuid not null,
  router_id varchar(255) not null,
  device_id uuid,
  device_ip inet not null,
  device_mac macaddr,
  device_name varchar(255),
  reason text,
  blocked_at timestamptz not null default now(),
  is_active boolean not null default true,
  updated_at timestamptz not null default now(),
  primary key (user_id, id),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  foreign key (user_id, device_id) references user_devices (user_id, id) on delete set null (device_id)
);
create unique index user_blacklists_mac on user_blacklists (user_id, router_id, device_mac) where device_mac is not null;
create unique index user_blacklists_ip on user_blacklists (user_id, router_id, device_ip) where device_mac is null;
create index user_blacklists_router on user_blacklists (user_id, router_id, id);
create index user_blacklists_device on user_blacklists (user_id, device_id);
create trigger user_blacklists_set_updated_at before update on user_blacklists
  for each row execute function set_updated_at();
select isolate_tenant_table('user_blacklists');

create table user_blocked_devices (
  id uuid not null default uuid_v7(),
  user_id uuid not null,
  router_id varchar(255) not null,
  device_id uuid,
  device_ip inet not null,
  device_mac macaddr,
  block_type varchar(20) not null default 'manual' check (block_type in ('manual', 'whitelist', 'blacklist')),
  blocked_at timestamptz not null default now(),
  unblocked_at timestamptz,
  is_active boolean not null default true,
  primary key (user_id, id),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  foreign key (user_id, device_id) references user_devices (user_id, id) on delete set null (device_id),
  constraint user_blocked_devices_ended check (is_active = (unblocked_at is null)),
  constraint user_blocked_devices_in_order check (unblocked_at >= blocked_at)
);
-- Unique among the active ones: the history of earlier blocks stays.
create unique index user_blocked_devices_active_mac on user_blocked_devices (user_id, router_id, device_mac) where is_active and device_mac is not null;
create unique index user_blocked_devices_active_ip on user_blocked_devices (user_id, router_id, device_ip) where is_active and device_mac is null;
create index user_blocked_devices_active on user_blocked_devices (user_id, router_id, is_active);
create index user_blocked_devices_device on user_blocked_devices (user_id, device_id);
select isolate_tenant_table('user_blocked_devices');

create table user_settings (
  id uuid not null default uuid_v7(),
  user_id uuid not null references users (id) on delete cascade,
  -- Null: a setting of the user's, not of one router's.
  router_id varchar(255),
  setting_key varchar(100) not null check (setting_key ~ '^[a-z][a-z0-9_.-]*$'),
  setting_value jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id),
  unique nulls not distinct (user_id, router_id, setting_key),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade
);
create trigger user_settings_set_updated_at before update on user_settings
  for each row execute function set_updated_at();
select isolate_tenant_table('user_settings');

-- Who did what, when, to which router. Append-only: the service may add and read, never change.
create table audit_entries (
  id uuid not null default uuid_v7(),
  user_id uuid not null references users (id) on delete cascade,
  at timestamptz not null default now(),
  actor varchar(20) not null check (actor in ('user', 'operator', 'router', 'system')),
  -- The public name of the session it was done in, if there was one.
  session_id varchar(255),
  -- What was done, as subject.verb: `device.renamed`.
  action varchar(100) not null check (action ~ '^[a-z_]+\.[a-z_]+$'),
  router_id varchar(255),
  -- The id of the thing it was done to.
  subject_id varchar(255),
  details jsonb not null default '{}',
  primary key (user_id, id),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade
);
create index audit_entries_router on audit_entries (user_id, router_id, id);
select isolate_tenant_table('audit_entries');
revoke update, delete on audit_entries from netpilot_service;

-- What happened, for GET /api/v1/events. Written in the transaction of the change itself.
create table events (
  user_id uuid not null references users (id) on delete cascade,
  id uuid not null default uuid_v7(),
  -- Its place in the user's stream: 1, 2, 3 and so on. Null only until the transaction commits.
  number bigint check (number > 0),
  at timestamptz not null default clock_timestamp(),
  -- What happened, as subject.verb: `device.changed`. The action, if it is audited.
  type varchar(100) not null check (type ~ '^[a-z_]+\.[a-z_]+$'),
  router_id varchar(255),
  -- The id of the thing it happened to.
  subject_id varchar(255),
  data jsonb not null default '{}',
  primary key (user_id, id),
  unique (user_id, number),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade
);
create index events_router on events (user_id, router_id);
create index events_at on events (at);
create constraint trigger events_number after insert on events
  deferrable initially deferred for each row execute function number_event();
select isolate_tenant_table('events');
revoke update, delete on events from netpilot_service;
grant update (number) on events to netpilot_service;

-- The number of the user's last event: see number_event().
create table event_counters (
  user_id uuid primary key references users (id) on delete cascade,
  last_number bigint not null check (last_number > 0)
);
select isolate_tenant_table('event_counters');
revoke delete on event_counters from netpilot_service;

create table imports (
  id uuid not null default uuid_v7(),
  user_id uuid not null,
  router_id varchar(255) not null,
  created_at timestamptz not null default now(),
  report jsonb not null,
  primary key (user_id, id),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade
);
select isolate_tenant_table('imports');

-- Records an import could not take, verbatim, with the reason.
create table import_rejects (
  id uuid not null default uuid_v7(),
  user_id uuid not null,
  import_id uuid not null,
  router_id varchar(255) not null,
  file varchar(255) not null,
  record_key varchar(255) not null,
  field varchar(255) not null,
  value text,
  reason text not null,
  record text not null,
  primary key (user_id, id),
  foreign key (user_id, import_id) references imports (user_id, id) on delete cascade,
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade
);
create index import_rejects_import on import_rejects (user_id, import_id);
select isolate_tenant_table('import_rejects');

-- The answer already given to a POST, so that a repeated one gets it again and does nothing twice.
create table idempotency_keys (
  user_id uuid not null references users (id) on delete cascade,
  key varchar(255) not null,
  request_hash bytea not null check (octet_length(request_hash) = 32),
  response_status smallint not null,
  response_location varchar(2000),
  response_body text not null,
  created_at timestamptz not null default now(),
  primary key (user_id, key)
);
create index idempotency_keys_created_at on idempotency_keys (created_at);
select isolate_tenant_table('idempotency_keys');
