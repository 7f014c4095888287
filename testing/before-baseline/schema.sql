-- What every later migration stands on: ids that sort by time, the tenant's identity inside a
-- transaction, and updated_at kept by the database.

-- RFC 9562 UUID version 7. PostgreSQL 18 has uuidv7(); this one serves 15 to 17 alike.
create function uuid_v7() returns uuid
language sql volatile parallel safe
return encode(
  set_bit(
    set_bit(
      overlay(
        uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6),
      52, 1),
    53, 1),
  'hex')::uuid;

-- Whose transaction this is. A pooled connection that once held the setting gives '' and not null
-- afterwards, hence nullif. Null matches no row: without the setting a query sees nothing.
create function current_user_id() returns uuid
language sql stable parallel safe
return nullif(current_setting('netpilot.user_id', true), '')::uuid;

-- The SHA-256 of a secret somebody presents before we know who they are (a session's cookie, the
-- state of a sign-in, a one-time link). It opens the one row that holds the same hash.
create function current_credential() returns bytea
language sql stable parallel safe
return decode(nullif(current_setting('netpilot.credential', true), ''), 'hex');

-- Backup, restore and the operator's commands work on every tenant's rows. Only the owner's policies
-- ask for this, so the service gains nothing by setting it.
create function maintenance_is_on() returns boolean
language sql stable parallel safe
return coalesce(current_setting('netpilot.maintenance', true), '') = 'on';

create function set_updated_at() returns trigger
language plpgsql as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end
$$;

-- One call per tenant table gives it the whole of its isolation, so that none gets half.
create function isolate_tenant_table(tenant_table regclass, user_column name default 'user_id') returns void
language plpgsql as $$
begin
  execute format('alter table %s enable row level security, force row level security', tenant_table);
  execute format(
    'create policy tenant on %s to netpilot_service using (%I = (select current_user_id())) with check (%I = (select current_user_id()))',
    tenant_table, user_column, user_column);
  execute format(
    'create policy maintenance on %s to netpilot_owner using ((select maintenance_is_on())) with check ((select maintenance_is_on()))',
    tenant_table);
  execute format('grant select, insert, update, delete on %s to netpilot_service', tenant_table);
end
$$;
revoke execute on function isolate_tenant_table(regclass, name) from public;
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
select isolate_tenant_table('users', 'id');
-- At sign-in the user is not known yet: the identity the issuer vouched for opens its own row.
create policy sign_in on users for select to netpilot_service using (
  google_id = nullif(current_setting('netpilot.sign_in_subject', true), '')
  or email = nullif(current_setting('netpilot.sign_in_email', true), ''));

create table user_sessions (
  id uuid not null default uuid_v7(),
  user_id uuid not null references users (id) on delete cascade,
  -- The public name of the session, used towards the Commands-Server. It opens nothing.
  session_id varchar(255) not null unique,
  -- SHA-256 of the cookie's token; the token itself is nowhere.
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  user_agent varchar(500),
  ip_address inet,
  is_active boolean not null default true,
  primary key (user_id, id),
  constraint user_sessions_within_seven_days check (expires_at <= created_at + interval '7 days')
);
create index user_sessions_expires_at on user_sessions (expires_at);
select isolate_tenant_table('user_sessions');
create policy credential on user_sessions for select to netpilot_service
  using (token_hash = (select current_credential()));

-- A user who is made inactive loses every session, whoever makes the change.
create function end_sessions_of_inactive_user() returns trigger
language plpgsql as $$
begin
  update user_sessions set is_active = false where user_id = new.id and is_active;
  return null;
end
$$;
create trigger users_deactivated after update of is_active on users
  for each row when (old.is_active and not new.is_active)
  execute function end_sessions_of_inactive_user();

-- Who is asking: the session and its user for the SHA-256 of a cookie's token, or no row when the
-- session is unknown, ended or expired, or its user inactive. Makes the transaction that user's.
create function authenticate(presented_hash bytea)
returns table (user_id uuid, session_row_id uuid, session_id varchar, created_at timestamptz,
               expires_at timestamptz, last_used_at timestamptz, email varchar)
language plpgsql volatile as $$
declare
  session user_sessions%rowtype;
begin
  perform set_config('netpilot.credential', encode(presented_hash, 'hex'), true);
  select * into session from user_sessions s
    where s.token_hash = presented_hash and s.is_active and s.expires_at > now();
  perform set_config('netpilot.credential', '', true);
  if not found then
    return;
  end if;
  perform set_config('netpilot.user_id', session.user_id::text, true);
  return query
    select u.id, session.id, session.session_id, session.created_at, session.expires_at,
           session.last_used_at, u.email
    from users u where u.id = session.user_id and u.is_active;
  if not found then
    perform set_config('netpilot.user_id', '', true);
  end if;
end
$$;

-- One row for each sign-in under way. Taken (deleted) by the callback, so a callback works once.
create table sign_in_attempts (
  state_hash bytea primary key check (octet_length(state_hash) = 32),
  nonce varchar(255) not null,
  code_verifier varchar(255) not null,
  return_to varchar(500) not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sign_in_attempts_expires_at on sign_in_attempts (expires_at);

-- One-time sign-in links for loopback, where no issuer is configured.
create table local_sign_in_links (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  email varchar(255) not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

-- These two belong to nobody yet; only who presents the secret reaches its row.
do $$
declare
  item record;
begin
  for item in select * from (values ('sign_in_attempts', 'state_hash'), ('local_sign_in_links', 'token_hash')) t (name, hash_column)
  loop
    execute format('alter table %I enable row level security, force row level security', item.name);
    execute format('create policy credential on %I to netpilot_service using (%I = (select current_credential())) with check (%I = (select current_credential()))',
      item.name, item.hash_column, item.hash_column);
    execute format('create policy maintenance on %I to netpilot_owner using ((select maintenance_is_on())) with check ((select maintenance_is_on()))', item.name);
    execute format('grant select, insert, delete on %I to netpilot_service', item.name);
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
  primary key (user_id, id),
  unique (user_id, router_id)
);
create index user_routers_router_id on user_routers (router_id);
create trigger user_routers_set_updated_at before update on user_routers
  for each row execute function set_updated_at();
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
  -- Raised by every change of what the router is to do; the agent's answer carries it back.
  policy_revision bigint not null default 1,
  applied_revision bigint not null default 0 check (applied_revision <= policy_revision),
  applied_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (user_id, router_id),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade
);
create trigger router_policies_set_updated_at before update on router_policies
  for each row execute function set_updated_at();
select isolate_tenant_table('router_policies');

-- A router without a policy cannot be.
create function create_router_policy() returns trigger
language plpgsql as $$
begin
  insert into router_policies (user_id, router_id) values (new.user_id, new.router_id);
  return null;
end
$$;
create trigger user_routers_create_policy after insert on user_routers
  for each row execute function create_router_policy();
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
  primary key (user_id, id),
  unique (user_id, router_id, mac),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  constraint user_devices_seen_in_order check (first_seen <= last_seen)
);
-- An address belongs to at most one of the devices that hold one now.
create unique index user_devices_ip_holder on user_devices (user_id, router_id, ip) where holds_ip;
-- The list of a router's devices, the last seen first: a page is read off the index, without sorting.
create index user_devices_last_seen on user_devices (user_id, router_id, last_seen, id);
create trigger user_devices_set_updated_at before update on user_devices
  for each row execute function set_updated_at();
select isolate_tenant_table('user_devices');

-- Where a device was before: one row for each address it had and has no more, or has again.
create table device_addresses (
  user_id uuid not null,
  device_id uuid not null,
  ip inet not null,
  router_id varchar(255) not null,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  primary key (user_id, device_id, ip),
  foreign key (user_id, device_id) references user_devices (user_id, id) on delete cascade,
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  constraint device_addresses_seen_in_order check (first_seen <= last_seen)
);
create index device_addresses_ip on device_addresses (user_id, router_id, ip);
select isolate_tenant_table('device_addresses');
-- A list entry or a block is a device's MAC where one is known, else an address: two devices that
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
  -- The public name of the session it was done in, where there was one.
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

-- What has run out is deleted for everybody at once; this is all the service may do across tenants.
create function delete_expired() returns table (deleted_from text, deleted bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform set_config('netpilot.maintenance', 'on', true);
  delete from user_sessions where expires_at < now() - interval '30 days';
  get diagnostics deleted = row_count; deleted_from := 'user_sessions'; return next;
  delete from sign_in_attempts where expires_at < now();
  get diagnostics deleted = row_count; deleted_from := 'sign_in_attempts'; return next;
  delete from local_sign_in_links where expires_at < now();
  get diagnostics deleted = row_count; deleted_from := 'local_sign_in_links'; return next;
  delete from idempotency_keys where created_at < now() - interval '24 hours';
  get diagnostics deleted = row_count; deleted_from := 'idempotency_keys'; return next;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function delete_expired() from public;
grant execute on function delete_expired() to netpilot_service;
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
select isolate_tenant_table('router_keys');
-- Who dials in is known by the key alone.
create policy credential on router_keys for select to netpilot_service
  using (fingerprint = (select current_credential()));

-- What a person pastes on a router to link it: works once, for 10 minutes.
create table pairing_codes (
  user_id uuid not null references users (id) on delete cascade,
  id uuid not null default uuid_v7(),
  -- SHA-256 of the code; the code itself is nowhere.
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

create or replace function delete_expired() returns table (deleted_from text, deleted bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform set_config('netpilot.maintenance', 'on', true);
  delete from user_sessions where expires_at < now() - interval '30 days';
  get diagnostics deleted = row_count; deleted_from := 'user_sessions'; return next;
  delete from sign_in_attempts where expires_at < now();
  get diagnostics deleted = row_count; deleted_from := 'sign_in_attempts'; return next;
  delete from local_sign_in_links where expires_at < now();
  get diagnostics deleted = row_count; deleted_from := 'local_sign_in_links'; return next;
  delete from idempotency_keys where created_at < now() - interval '24 hours';
  get diagnostics deleted = row_count; deleted_from := 'idempotency_keys'; return next;
  -- An hour longer than it works: the page that shows how linking goes may still be open.
  delete from pairing_codes where expires_at < now() - interval '1 hour';
  get diagnostics deleted = row_count; deleted_from := 'pairing_codes'; return next;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
-- What happened, for those who watch: GET /api/v1/events. Written in the transaction of the change itself.

-- The number of the user's last event. Its row is what makes the transactions of one user follow one
-- another while they commit: see number_event().
create table event_counters (
  user_id uuid primary key references users (id) on delete cascade,
  last_number bigint not null check (last_number > 0)
);
select isolate_tenant_table('event_counters');
revoke delete on event_counters from netpilot_service;

create table events (
  user_id uuid not null references users (id) on delete cascade,
  id uuid not null default uuid_v7(),
  -- Its place in the user's stream: 1, 2, 3 and so on. Null only until the transaction commits.
  number bigint check (number > 0),
  -- When it was given its number.
  at timestamptz not null default now(),
  -- What happened, as subject.verb: `device.changed`. Of what is audited, the action.
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
select isolate_tenant_table('events');
revoke update, delete on events from netpilot_service;
grant update (number, at) on events to netpilot_service;

-- Gives an event its number. Readers ask for "all after number n", so no event may become visible after
-- one with a higher number has: a number taken when the row is written would break that, as
-- transactions commit in another order than they write. Hence the trigger is deferred: it runs while the
-- transaction commits, and holds the user's counter from there to the end of the commit, so that
-- numbers are in the order of the commits, without gaps. Coming last, it waits for nothing while it holds the
-- counter but the commit itself: it cannot be part of a deadlock, and a long transaction holds up nobody.
-- (Reading up to pg_snapshot_xmin() would need no lock, but any long transaction of the whole
-- server would hold up every stream.)
create function number_event() returns trigger
language plpgsql as $$
declare
  next_number bigint;
begin
  -- Written and gone in one transaction, with its user or its router.
  if not exists (select from events where user_id = new.user_id and id = new.id) then
    return null;
  end if;
  insert into event_counters (user_id, last_number) values (new.user_id, 1)
    on conflict (user_id) do update set last_number = event_counters.last_number + 1
    returning last_number into next_number;
  update events set number = next_number, at = clock_timestamp()
    where user_id = new.user_id and id = new.id;
  -- The same text for all events of a transaction: PostgreSQL makes one notification of them.
  perform pg_notify('netpilot_events', new.user_id::text);
  return null;
end
$$;
create constraint trigger events_number after insert on events
  deferrable initially deferred for each row execute function number_event();

-- A stream ends with its session, whoever ends it: its user, the operator, or the user's deletion.
create function announce_ended_session() returns trigger
language plpgsql as $$
begin
  perform pg_notify('netpilot_events', old.user_id::text);
  return null;
end
$$;
create trigger user_sessions_ended after delete or update of is_active on user_sessions
  for each row execute function announce_ended_session();

create or replace function delete_expired() returns table (deleted_from text, deleted bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform set_config('netpilot.maintenance', 'on', true);
  delete from user_sessions where expires_at < now() - interval '30 days';
  get diagnostics deleted = row_count; deleted_from := 'user_sessions'; return next;
  delete from sign_in_attempts where expires_at < now();
  get diagnostics deleted = row_count; deleted_from := 'sign_in_attempts'; return next;
  delete from local_sign_in_links where expires_at < now();
  get diagnostics deleted = row_count; deleted_from := 'local_sign_in_links'; return next;
  delete from idempotency_keys where created_at < now() - interval '24 hours';
  get diagnostics deleted = row_count; deleted_from := 'idempotency_keys'; return next;
  -- An hour longer than it works: the page that shows how linking goes may still be open.
  delete from pairing_codes where expires_at < now() - interval '1 hour';
  get diagnostics deleted = row_count; deleted_from := 'pairing_codes'; return next;
  delete from events where at < now() - interval '24 hours';
  get diagnostics deleted = row_count; deleted_from := 'events'; return next;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
-- The inventory: what scans say is on a network, since when and where; and which of it people say is one device.
-- A row of user_devices is one MAC. What a scan says of it goes to device_addresses and device_presence;
-- settle_devices() derives from these what the row of the device shows.

-- Two entries that somebody says are one device: the merged one is shown as the other, which then has the
-- addresses, presence, lists and blocks of both. Its own row rests, and is settled again when it is taken out.
alter table user_devices
  -- What the person said, so that it can be taken back, also where merged devices were merged again.
  add column merged_into uuid,
  -- The end of that chain: the device it is part of.
  add column shown_as uuid,
  add foreign key (user_id, merged_into) references user_devices (user_id, id) on delete cascade,
  add foreign key (user_id, shown_as) references user_devices (user_id, id) on delete cascade,
  add constraint user_devices_merged check (
    (merged_into is null) = (shown_as is null) and merged_into <> id and shown_as <> id),
  add constraint user_devices_part_rests check (shown_as is null or not (holds_ip or is_online));
create index user_devices_merged_into on user_devices (user_id, merged_into) where merged_into is not null;
create index user_devices_shown_as on user_devices (user_id, shown_as) where shown_as is not null;

-- An address that a scan saw stays current until the device has another, or another device has it.
alter table device_addresses add column is_current boolean not null default false;
alter table device_addresses set (fillfactor = 80); -- room to note each scan without touching an index
create unique index device_addresses_holder on device_addresses (user_id, router_id, ip) where is_current;
create index device_addresses_current on device_addresses (user_id, device_id) where is_current;

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

-- The second lowest bit of the first byte: whoever made this MAC up, it is of no manufacturer (IEEE 802, 8.2.2).
create function is_random_mac(mac macaddr) returns boolean
language sql immutable parallel safe
return mac & '02:00:00:00:00:00' <> '00:00:00:00:00:00';

-- The devices of these MACs, in their places; null where there is none.
create function find_devices(owner_id uuid, at_router varchar, seen_macs macaddr[]) returns uuid[]
language sql stable
return (
  select array_agg(d.id order by s.place)
  from unnest(seen_macs) with ordinality s(mac, place)
  left join user_devices d on d.user_id = owner_id and d.router_id = at_router and d.mac = s.mac);

-- A device that was known by its address only has told its MAC: what was said of it holds for the MAC from
-- now on. An entry whose place is taken, by one for that MAC, stays one for the address.
create function recognise_device(owner_id uuid, at_router varchar, known_id uuid, known_mac macaddr) returns void
language plpgsql as $$
declare
  device user_devices%rowtype;
  has_entries boolean;
begin
  update user_devices set mac = known_mac where user_id = owner_id and id = known_id returning * into device;
  with allowed as (
    update user_whitelists e set device_mac = known_mac
    where e.user_id = owner_id and e.device_id = known_id and e.device_mac is null and not exists (
      select from user_whitelists o where o.user_id = owner_id and o.router_id = at_router and o.device_mac = known_mac)
    returning 1
  ), denied as (
    update user_blacklists e set device_mac = known_mac
    where e.user_id = owner_id and e.device_id = known_id and e.device_mac is null and not exists (
      select from user_blacklists o where o.user_id = owner_id and o.router_id = at_router and o.device_mac = known_mac)
    returning 1
  ), blocked as (
    update user_blocked_devices e set device_mac = known_mac
    where e.user_id = owner_id and e.device_id = known_id and e.device_mac is null and e.is_active and not exists (
      select from user_blocked_devices o
      where o.user_id = owner_id and o.router_id = at_router and o.device_mac = known_mac and o.is_active)
    returning 1
  )
  select exists (select from allowed union all select from denied union all select from blocked) into has_entries;
  if has_entries then
    with raised as (
      update router_policies set policy_revision = policy_revision + 1
      where user_id = owner_id and router_id = at_router returning *)
    insert into events (user_id, type, router_id, data)
    select user_id, 'policy.pending', router_id,
      jsonb_build_object('policy_revision', policy_revision, 'applied_revision', applied_revision) from raised;
  end if;
  with entry as (
    insert into audit_entries (user_id, actor, action, router_id, subject_id, details)
    values (owner_id, 'router', 'device.recognised', at_router, known_id,
      jsonb_build_object('mac', known_mac, 'ip', host(device.ip))) returning *)
  insert into events (user_id, type, router_id, subject_id, data)
  select user_id, action, router_id, subject_id, details from entry;
end
$$;

-- Devices that were never seen before; gives their ids. They hold no address yet.
create function introduce_devices(
  owner_id uuid, at_router varchar, at_time timestamptz, seen_ids uuid[], seen_macs macaddr[], seen_ips inet[],
  seen_hostnames varchar[], seen_manufacturers varchar[]
) returns uuid[]
language plpgsql as $$
declare
  known record;
  introduced uuid[];
begin
  for known in
    with claim as (
      select distinct on (s.ip) s.id, s.mac, s.ip
      from unnest(seen_ids, seen_macs, seen_ips) with ordinality s(id, mac, ip, place)
      order by s.ip, s.place desc)
    select distinct on (c.mac) d.id, c.mac
    from claim c
    join user_devices d on d.user_id = owner_id and d.router_id = at_router and d.ip = c.ip and d.mac is null
      and d.holds_ip
    where c.id is null
    order by c.mac, family(c.ip), c.ip
  loop
    perform recognise_device(owner_id, at_router, known.id, known.mac);
  end loop;

  with device as (
    insert into user_devices
      (user_id, router_id, mac, ip, holds_ip, hostname, manufacturer, first_seen, last_seen)
    select owner_id, at_router, s.mac, (array_agg(s.ip order by family(s.ip), s.place))[1], false,
      max(s.hostname), max(s.manufacturer), at_time, at_time
    from unnest(seen_ids, seen_macs, seen_ips, seen_hostnames, seen_manufacturers)
      with ordinality s(id, mac, ip, hostname, manufacturer, place)
    where s.id is null
    group by s.mac
    order by min(s.place)
    on conflict (user_id, router_id, mac) do nothing
    returning *
  ), entry as (
    insert into audit_entries (user_id, actor, action, router_id, subject_id, details)
    select owner_id, 'router', 'device.discovered', at_router, id, jsonb_build_object(
      'mac', mac, 'ip', host(ip), 'hostname', hostname, 'manufacturer', manufacturer, 'random', is_random_mac(mac))
    from device
    returning *
  ), event as (
    insert into events (user_id, type, router_id, subject_id, data)
    select user_id, action, router_id, subject_id, details from entry
  )
  select array_agg(id) into introduced from device;

  -- Entries may have named a MAC before it was seen.
  update user_whitelists e set device_id = d.id from user_devices d
    where e.user_id = owner_id and e.router_id = at_router and e.device_id is null and e.device_mac = d.mac
      and d.user_id = owner_id and d.id = any (introduced);
  update user_blacklists e set device_id = d.id from user_devices d
    where e.user_id = owner_id and e.router_id = at_router and e.device_id is null and e.device_mac = d.mac
      and d.user_id = owner_id and d.id = any (introduced);
  update user_blocked_devices e set device_id = d.id from user_devices d
    where e.user_id = owner_id and e.router_id = at_router and e.device_id is null and e.device_mac = d.mac
      and e.is_active and d.user_id = owner_id and d.id = any (introduced);
  return introduced;
end
$$;

-- Brings the rows of devices up to what their addresses and stays say; gives those that came, left or moved. Of
-- several addresses the row has an IPv4 one before any other, one for the whole network before a link-local
-- one, and the one seen last. (Lateral throughout: the plan of a prepared statement guesses how long an array
-- is, and one index probe a device is right for any length.)
create function settle_devices(owner_id uuid, at_router varchar, part_ids uuid[])
returns table (device_id uuid, ip_before inet, ip_now inet, was_online boolean, online_now boolean)
language plpgsql as $$
declare
  ids uuid[];
  ips inet[];
  seens timestamptz[];
  onlines boolean[];
  ips_before inet[];
  onlines_before boolean[];
begin
  select array_agg(d.id), array_agg(held.ip), array_agg(held.last_seen), array_agg(present.is_so),
    array_agg(d.ip), array_agg(d.is_online)
  into ids, ips, seens, onlines, ips_before, onlines_before
  from (
    select distinct coalesce(p.shown_as, p.id) as id
    from user_devices p where p.user_id = owner_id and p.id = any (part_ids)
  ) whole
  join user_devices d on d.user_id = owner_id and d.id = whole.id
  cross join lateral (
    select d.id || array(select p.id from user_devices p where p.user_id = owner_id and p.shown_as = d.id) as ids
  ) part
  cross join lateral (
    select (array_agg(a.ip order by family(a.ip), a.ip <<= 'fe80::/10', a.last_seen desc, a.first_seen, a.ip))[1] as ip,
      max(a.last_seen) as last_seen
    from device_addresses a where a.user_id = owner_id and a.device_id = any (part.ids) and a.is_current
  ) held
  cross join lateral (
    select exists (
      select from device_presence s
      where s.user_id = owner_id and s.router_id = at_router and s.device_id = any (part.ids) and s.offline_at is null
    ) as is_so
  ) present
  where (held.ip, held.ip is not null, present.is_so) is distinct from (d.ip, d.holds_ip, d.is_online)
    or held.last_seen > d.last_seen;

  -- Let go first: two devices may have swapped their addresses.
  update user_devices d set holds_ip = false
  from unnest(ids, ips, ips_before) n(id, ip, ip_before)
  where n.ip <> n.ip_before
    and d.user_id = owner_id and d.router_id = at_router and d.ip = n.ip and d.holds_ip and d.id <> n.id;

  return query
  update user_devices d
  set ip = coalesce(n.ip, d.ip), holds_ip = n.ip is not null, is_online = n.is_online,
    last_seen = greatest(d.last_seen, n.last_seen)
  from unnest(ids, ips, seens, onlines, ips_before, onlines_before)
    n(id, ip, last_seen, is_online, ip_before, was_online)
  where d.user_id = owner_id and d.id = n.id
  returning d.id, n.ip_before, d.ip, n.was_online, d.is_online;
end
$$;

-- Gives each device the addresses it was seen with, and what lost one its past; gives the devices that lost one.
create function claim_addresses(
  owner_id uuid, at_router varchar, at_time timestamptz, is_complete boolean, seen_ids uuid[], seen_ips inet[],
  seen_online boolean[]
) returns uuid[]
language plpgsql as $$
declare
  fresh_ids uuid[];
  fresh_ips inet[];
  losers uuid[];
begin
  -- Where a device was before it was ever scanned, as an import has it, becomes part of its history.
  insert into device_addresses (user_id, device_id, ip, router_id, first_seen, last_seen, is_current)
  select owner_id, d.id, d.ip, at_router, d.first_seen, d.last_seen, d.holds_ip
  from user_devices d
  where d.user_id = owner_id and d.id = any (seen_ids)
    and not exists (
      select from device_addresses a where a.user_id = owner_id and a.device_id = d.id and a.ip = d.ip)
    and d.shown_as is null and not exists (
      select from user_devices p where p.user_id = owner_id and p.shown_as = d.id)
  on conflict do nothing;

  -- One address has one holder: of two in the same scan the one named last.
  with claim as (
    select distinct on (s.ip) s.id, s.ip
    from unnest(seen_ids, seen_ips) with ordinality s(id, ip, place)
    order by s.ip, s.place desc
  )
  select array_agg(c.id), array_agg(c.ip) into fresh_ids, fresh_ips
  from claim c
  where not exists (
    select from device_addresses a where a.user_id = owner_id and a.device_id = c.id and a.ip = c.ip and a.is_current);

  with lost as (
    update device_addresses a set is_current = false
    from unnest(fresh_ids, fresh_ips) f(id, ip)
    where a.user_id = owner_id and a.router_id = at_router and a.ip = f.ip and a.is_current and a.device_id <> f.id
    returning a.device_id
  )
  select array_agg(l.device_id) into losers from lost l;
  if is_complete then
    update device_addresses a set is_current = false
    from (select u.id, array_agg(u.ip) as ips from unnest(seen_ids, seen_ips) u(id, ip) group by u.id) s
    where a.user_id = owner_id and a.device_id = s.id and a.is_current and a.ip <> all (s.ips);
  end if;
  insert into device_addresses (user_id, device_id, ip, router_id, first_seen, last_seen, is_current)
  select owner_id, f.id, f.ip, at_router, at_time, at_time, true from unnest(fresh_ids, fresh_ips) f(id, ip)
  on conflict (user_id, device_id, ip) do update set is_current = true;
  update user_devices d set holds_ip = false
  from unnest(fresh_ids, fresh_ips) f(id, ip)
  where d.user_id = owner_id and d.router_id = at_router and d.ip = f.ip and d.holds_ip and d.id <> f.id;
  update device_addresses a set last_seen = at_time
  from unnest(seen_ids, seen_ips, seen_online) s(id, ip, is_online)
  where s.is_online and a.user_id = owner_id and a.device_id = s.id and a.ip = s.ip and a.last_seen < at_time;
  return losers;
end
$$;

-- Begins and ends stays; gives the devices that left.
create function note_presence(
  owner_id uuid, at_router varchar, at_time timestamptz, is_complete boolean, seen_ids uuid[], seen_online boolean[]
) returns uuid[]
language plpgsql as $$
declare
  leavers uuid[];
begin
  with seen as materialized (
    select u.id, bool_or(u.is_online) as is_online from unnest(seen_ids, seen_online) u(id, is_online) group by u.id
  ), gone as (
    update device_presence p set offline_at = greatest(p.online_at, at_time)
    where p.user_id = owner_id and p.router_id = at_router and p.offline_at is null
      and not exists (select from seen s where s.id = p.device_id and s.is_online)
      and (is_complete or exists (select from seen s where s.id = p.device_id))
    returning p.device_id
  ), come as (
    insert into device_presence (user_id, device_id, online_at, router_id)
    select owner_id, s.id, at_time, at_router
    from seen s
    where s.is_online and not exists (
      select from device_presence p
      where p.user_id = owner_id and p.router_id = at_router and p.device_id = s.id and p.offline_at is null)
    on conflict (user_id, device_id, online_at) do update set offline_at = null
  )
  select array_agg(g.device_id) into leavers from gone g;
  return leavers;
end
$$;

-- Stores what a router says is on its network, in one statement: one sighting is one address of one MAC, its
-- place in each of the arrays the same. A complete scan also says that all others are gone. Gives no row where
-- the user has no such router. See src/devices/scan.ts. (Plans made for one user would take a new user, of whom
-- the statistics know nothing yet, for one with a single row.)
create function record_scan(
  owner_id uuid, at_router varchar, said_at timestamptz, is_complete boolean, seen_macs macaddr[],
  seen_ips inet[], seen_online boolean[], seen_hostnames varchar[], seen_manufacturers varchar[]
) returns table (discovered integer, came_online integer, went_offline integer, moved integer, raised_revision bigint)
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  revision bigint;
  at_time timestamptz;
  router_mac macaddr;
  seen_ids uuid[];
  introduced uuid[];
  changed uuid[];
begin
  perform set_config('netpilot.user_id', owner_id::text, true);
  -- First of all the lock that every change of the policy takes too: scans of one router follow one another.
  select p.policy_revision into revision from router_policies p
    where p.user_id = owner_id and p.router_id = at_router for no key update;
  if not found then
    return;
  end if;
  at_time := coalesce(said_at, clock_timestamp());

  seen_ids := find_devices(owner_id, at_router, seen_macs);
  if array_position(seen_ids, null) is not null then
    introduced := introduce_devices(
      owner_id, at_router, at_time, seen_ids, seen_macs, seen_ips, seen_hostnames, seen_manufacturers);
    seen_ids := find_devices(owner_id, at_router, seen_macs);
  end if;

  -- What it says of itself. What people say of it is theirs.
  -- (user_routers has its lan_mac from the next migration on.)
  select (to_jsonb(r) ->> 'lan_mac')::macaddr into router_mac
    from user_routers r where r.user_id = owner_id and r.router_id = at_router;
  update user_devices d
  set hostname = coalesce(s.hostname, d.hostname), manufacturer = coalesce(d.manufacturer, s.manufacturer),
    is_router = coalesce(d.mac = router_mac, d.is_router)
  from (
    select u.id, max(u.hostname) as hostname, max(u.manufacturer) as manufacturer
    from unnest(seen_ids, seen_hostnames, seen_manufacturers) u(id, hostname, manufacturer) group by u.id
  ) s
  where d.user_id = owner_id and d.id = s.id
    and (d.hostname is distinct from coalesce(s.hostname, d.hostname)
      or d.manufacturer is null and s.manufacturer is not null
      or d.is_router <> (d.mac = router_mac));

  changed := array_cat(
    claim_addresses(owner_id, at_router, at_time, is_complete, seen_ids, seen_ips, seen_online),
    note_presence(owner_id, at_router, at_time, is_complete, seen_ids, seen_online));

  with settled as (
    select * from settle_devices(owner_id, at_router, array_cat(seen_ids, changed))
    where device_id <> all (coalesce(introduced, '{}'))
  ), event as (
    insert into events (user_id, type, router_id, subject_id, data)
    select owner_id, change.type, at_router, s.device_id, change.data
    from settled s, lateral (values
      ('device.online', not s.was_online and s.online_now, jsonb_build_object('ip', host(s.ip_now))),
      ('device.offline', s.was_online and not s.online_now, jsonb_build_object('ip', host(s.ip_now))),
      ('device.moved', s.ip_before <> s.ip_now,
        jsonb_build_object('ip', host(s.ip_now), 'before', host(s.ip_before)))
    ) change (type, is_so, data)
    where change.is_so
  )
  select coalesce(cardinality(introduced), 0), count(*) filter (where not s.was_online and s.online_now),
    count(*) filter (where s.was_online and not s.online_now), count(*) filter (where s.ip_before <> s.ip_now)
  into discovered, came_online, went_offline, moved
  from settled s;

  select nullif(p.policy_revision, revision) into raised_revision from router_policies p
    where p.user_id = owner_id and p.router_id = at_router;
  return next;
end
$$;
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
-- All events of a transaction get their numbers at once, by the first of them whose trigger runs. With
-- the counter raised for each, a thousand events of one scan took seconds, in old versions of its row.
alter table events alter column at set default clock_timestamp();
revoke update (at) on events from netpilot_service;

-- Why while the transaction commits, and not when the row is written: 0008_events.up.sql.
create or replace function number_event() returns trigger
language plpgsql as $$
declare
  pending bigint;
  last_one bigint;
begin
  if current_setting('netpilot.events_numbered_of', true) = new.user_id::text then
    return null;
  end if;
  -- Those of this transaction: of another, what is not committed is not seen, and what is has its number.
  select count(*) into pending from events where user_id = new.user_id and number is null;
  -- None: they are gone again, with their user or their router.
  if pending > 0 then
    insert into event_counters (user_id, last_number) values (new.user_id, pending)
      on conflict (user_id) do update set last_number = event_counters.last_number + pending
      returning last_number into last_one;
    update events e set number = last_one - pending + unnumbered.place
      from (select ctid as row, row_number() over (order by at, ctid) as place
            from events where user_id = new.user_id and number is null) unnumbered
      where e.ctid = unnumbered.row;
    perform pg_notify('netpilot_events', new.user_id::text);
  end if;
  perform set_config('netpilot.events_numbered_of', new.user_id::text, true);
  return null;
end
$$;
-- An API token is a session that a person names and whose token a program keeps: no cookie, no sliding.
alter table user_sessions add column token_name varchar(255) check (token_name <> '');
alter table user_sessions drop constraint user_sessions_within_seven_days;
alter table user_sessions add constraint user_sessions_within_bounds
  check (expires_at <= created_at + case when token_name is null then interval '7 days' else interval '366 days' end);

drop function authenticate(bytea);
-- Who is asking: the session and its user for the SHA-256 of a token, or no row when the session is
-- unknown, ended or expired, or its user inactive. Makes the transaction that user's.
create function authenticate(presented_hash bytea)
returns table (user_id uuid, session_row_id uuid, session_id varchar, created_at timestamptz,
               expires_at timestamptz, last_used_at timestamptz, token_name varchar, email varchar)
language plpgsql volatile as $$
declare
  session user_sessions%rowtype;
begin
  perform set_config('netpilot.credential', encode(presented_hash, 'hex'), true);
  select * into session from user_sessions s
    where s.token_hash = presented_hash and s.is_active and s.expires_at > now();
  perform set_config('netpilot.credential', '', true);
  if not found then
    return;
  end if;
  perform set_config('netpilot.user_id', session.user_id::text, true);
  return query
    select u.id, session.id, session.session_id, session.created_at, session.expires_at,
           session.last_used_at, session.token_name, u.email
    from users u where u.id = session.user_id and u.is_active;
  if not found then
    perform set_config('netpilot.user_id', '', true);
  end if;
end
$$;
-- What the Commands-Server asks and stores for each change of each router. As functions: each is one round trip,
-- and PostgreSQL keeps their plans, which cost more than running them.

-- What a linked router is to do, as the user; no row where there is no such router, or it is unlinked.
-- key_is_current is false where key_fingerprint (null: it was dialled) is not of the router's present key.
create function desired_state(of_user uuid, of_router varchar, key_fingerprint bytea)
returns table (policy_revision bigint, applied_revision bigint, connection_id uuid, is_key_current boolean,
               mode varchar, whitelist_limit_rate bigint, whitelist_full_rate bigint,
               blacklist_limit_rate bigint, blacklist_full_rate bigint,
               blocks jsonb, listed jsonb, own text[])
language plpgsql volatile as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.user_id', of_user::text, true);
  return query
    with entries as (
      select 'block' as kind, user_id, device_id, device_ip, device_mac from user_blocked_devices
        where user_id = of_user and router_id = of_router and is_active
      union all
      select 'whitelist', user_id, device_id, device_ip, device_mac from user_whitelists
        where user_id = of_user and router_id = of_router
      union all
      select 'blacklist', user_id, device_id, device_ip, device_mac from user_blacklists
        where user_id = of_user and router_id = of_router and is_active
    ), named as (
      select e.kind, jsonb_build_object('ip', host(e.device_ip), 'mac', e.device_mac,
        -- Several entries of a person's may be one device: shown_as says which.
        'device_macs', array(
          select part.mac from user_devices d
          join user_devices part on part.user_id = d.user_id
            and (part.id = coalesce(d.shown_as, d.id) or part.shown_as = coalesce(d.shown_as, d.id))
          where d.user_id = e.user_id and d.id = e.device_id and part.mac is not null)) as entry
      from entries e
    )
    select p.policy_revision, p.applied_revision, r.connection_id,
      key_fingerprint is null or exists (
        select from router_keys k
        where k.user_id = of_user and k.router_id = of_router
          and k.fingerprint = key_fingerprint and k.revoked_at is null),
      p.mode, p.whitelist_limit_rate, p.whitelist_full_rate, p.blacklist_limit_rate, p.blacklist_full_rate,
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

-- The router has confirmed a revision, and whoever watches hears of it. Nothing where the policy never had that one.
create function confirm_revision(of_user uuid, of_router varchar, revision bigint) returns void
language plpgsql volatile as $$
begin
  perform set_config('netpilot.user_id', of_user::text, true);
  update router_policies
    set applied_revision = revision, applied_at = now(), refused_revision = null, refused_reason = null
    where user_id = of_user and router_id = of_router and policy_revision >= revision;
  if found then
    insert into events (user_id, type, router_id, data)
      values (of_user, 'policy.applied', of_router, jsonb_build_object('applied_revision', revision));
  end if;
end
$$;
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
-- What the inventory comes to over time: what an import says again is known by the name it had, and however
-- many devices a network makes up, a router keeps so many of them, with so much of a past.

alter table user_devices
  -- The address that a device was, until a scan told its MAC: what an import calls by that address is this device.
  add column recognised_ip inet check (masklen(recognised_ip) = case family(recognised_ip) when 4 then 32 else 128 end),
  -- When an import spoke of it first; null where only scans have. What is there already may be of either, and stays.
  add column imported_at timestamptz default now();
alter table user_devices alter column imported_at drop default;
create index user_devices_recognised on user_devices (user_id, router_id, recognised_ip) where recognised_ip is not null;

-- The audit knows of those that were recognised before.
select set_config('netpilot.maintenance', 'on', true);
alter table user_devices disable trigger user_devices_set_updated_at;
update user_devices d set recognised_ip = (a.details ->> 'ip')::inet
from audit_entries a
where a.action = 'device.recognised' and a.user_id = d.user_id and a.router_id = d.router_id and a.subject_id = d.id::text;
alter table user_devices enable trigger user_devices_set_updated_at;
select set_config('netpilot.maintenance', '', true);

-- A device that was known by its address only has told its MAC: what was said of it holds for the MAC from
-- now on. An entry whose place is taken, by one for that MAC, stays one for the address.
create or replace function recognise_device(owner_id uuid, at_router varchar, known_id uuid, known_mac macaddr) returns void
language plpgsql as $$
declare
  device user_devices%rowtype;
  has_entries boolean;
begin
  update user_devices set mac = known_mac, recognised_ip = ip
    where user_id = owner_id and id = known_id returning * into device;
  with allowed as (
    update user_whitelists e set device_mac = known_mac
    where e.user_id = owner_id and e.device_id = known_id and e.device_mac is null and not exists (
      select from user_whitelists o where o.user_id = owner_id and o.router_id = at_router and o.device_mac = known_mac)
    returning 1
  ), denied as (
    update user_blacklists e set device_mac = known_mac
    where e.user_id = owner_id and e.device_id = known_id and e.device_mac is null and not exists (
      select from user_blacklists o where o.user_id = owner_id and o.router_id = at_router and o.device_mac = known_mac)
    returning 1
  ), blocked as (
    update user_blocked_devices e set device_mac = known_mac
    where e.user_id = owner_id and e.device_id = known_id and e.device_mac is null and e.is_active and not exists (
      select from user_blocked_devices o
      where o.user_id = owner_id and o.router_id = at_router and o.device_mac = known_mac and o.is_active)
    returning 1
  ), ended as (
    -- Whom somebody has unblocked stays so, by whichever name an import comes with.
    update user_blocked_devices e set device_mac = known_mac
    where e.user_id = owner_id and e.device_id = known_id and e.device_mac is null and not e.is_active
  )
  select exists (select from allowed union all select from denied union all select from blocked) into has_entries;
  if has_entries then
    with raised as (
      update router_policies set policy_revision = policy_revision + 1
      where user_id = owner_id and router_id = at_router returning *)
    insert into events (user_id, type, router_id, data)
    select user_id, 'policy.pending', router_id,
      jsonb_build_object('policy_revision', policy_revision, 'applied_revision', applied_revision) from raised;
  end if;
  with entry as (
    insert into audit_entries (user_id, actor, action, router_id, subject_id, details)
    values (owner_id, 'router', 'device.recognised', at_router, known_id,
      jsonb_build_object('mac', known_mac, 'ip', host(device.ip))) returning *)
  insert into events (user_id, type, router_id, subject_id, data)
  select user_id, action, router_id, subject_id, details from entry;
end
$$;

-- Of one MAC's addresses and stays, so many are kept, the newest: as many as anybody is shown (MOST_HISTORY).
create function most_history() returns integer
language sql immutable parallel safe
return 200;

-- A router keeps this many devices that nobody has named, listed, blocked, merged or imported: twice what a scan
-- can tell. Where new ones come to more, those make room that are gone and were there for the shortest time,
-- which those that somebody makes up are. Gives whether it is so: each new one is no news then, but that there
-- are so many is, once a day.
create function make_room(owner_id uuid, at_router varchar, seen_ids uuid[], newcomers bigint) returns boolean
language plpgsql as $$
declare
  most constant integer := 10000;
  is_crowded boolean;
  said_at timestamptz;
begin
  -- Nearly always that is all there is to ask.
  if newcomers + (select count(*) from (
      select from user_devices where user_id = owner_id and router_id = at_router limit most) counted) <= most then
    return false;
  end if;
  with stranger as materialized (
    select d.id, d.is_online, d.first_seen, d.last_seen
    from user_devices d
    where d.user_id = owner_id and d.router_id = at_router and d.imported_at is null
      and d.device_name is null and d.device_type is null and d.shown_as is null and not d.is_router
      and not exists (select from user_devices p where p.user_id = owner_id and p.shown_as = d.id)
      and not exists (select from user_whitelists e where e.user_id = owner_id and e.device_id = d.id)
      and not exists (select from user_blacklists e where e.user_id = owner_id and e.device_id = d.id)
      and not exists (select from user_blocked_devices e where e.user_id = owner_id and e.device_id = d.id)
  ), surplus as (
    select s.id from stranger s
    where not s.is_online and s.id <> all (array_remove(seen_ids, null))
    order by s.last_seen - s.first_seen, s.last_seen
    limit greatest(0, (select count(*) from stranger) + newcomers - most)
  ), forgotten as (
    delete from user_devices d using surplus where d.user_id = owner_id and d.id = surplus.id
  )
  select count(*) + newcomers > most into is_crowded from stranger;
  if is_crowded then
    select a.at into said_at from audit_entries a
      where a.user_id = owner_id and a.router_id = at_router and a.action = 'router.crowded'
      order by a.id desc limit 1;
    if said_at is null or said_at < clock_timestamp() - interval '1 day' then
      with entry as (
        insert into audit_entries (user_id, actor, action, router_id, details)
        values (owner_id, 'router', 'router.crowded', at_router, jsonb_build_object('most', most)) returning *)
      insert into events (user_id, type, router_id, data)
      select user_id, action, router_id, details from entry;
    end if;
  end if;
  return is_crowded;
end
$$;

-- Devices that were never seen before; gives their ids. They hold no address yet.
create or replace function introduce_devices(
  owner_id uuid, at_router varchar, at_time timestamptz, seen_ids uuid[], seen_macs macaddr[], seen_ips inet[],
  seen_hostnames varchar[], seen_manufacturers varchar[]
) returns uuid[]
language plpgsql as $$
declare
  known record;
  recognised uuid[] := '{}';
  introduced uuid[];
  is_crowded boolean;
begin
  for known in
    with claim as (
      select distinct on (s.ip) s.id, s.mac, s.ip
      from unnest(seen_ids, seen_macs, seen_ips) with ordinality s(id, mac, ip, place)
      order by s.ip, s.place desc)
    select distinct on (c.mac) d.id, c.mac
    from claim c
    join user_devices d on d.user_id = owner_id and d.router_id = at_router and d.ip = c.ip and d.mac is null
      and d.holds_ip
    where c.id is null
    order by c.mac, family(c.ip), c.ip
  loop
    perform recognise_device(owner_id, at_router, known.id, known.mac);
    recognised := recognised || known.id;
  end loop;

  is_crowded := make_room(owner_id, at_router, seen_ids,
    (select count(distinct s.mac) from unnest(seen_ids, seen_macs) s(id, mac) where s.id is null));
  with device as (
    insert into user_devices
      (user_id, router_id, mac, ip, holds_ip, hostname, manufacturer, first_seen, last_seen)
    select owner_id, at_router, s.mac, (array_agg(s.ip order by family(s.ip), s.place))[1], false,
      max(s.hostname), max(s.manufacturer), at_time, at_time
    from unnest(seen_ids, seen_macs, seen_ips, seen_hostnames, seen_manufacturers)
      with ordinality s(id, mac, ip, hostname, manufacturer, place)
    where s.id is null
    group by s.mac
    order by min(s.place)
    on conflict (user_id, router_id, mac) do nothing
    returning *
  ), event as (
    insert into events (user_id, type, router_id, subject_id, data)
    select owner_id, 'device.discovered', at_router, id, jsonb_build_object(
      'mac', mac, 'ip', host(ip), 'hostname', hostname, 'manufacturer', manufacturer, 'random', is_random_mac(mac))
    from device
    returning *
  ), entry as (
    insert into audit_entries (user_id, actor, action, router_id, subject_id, details)
    select user_id, 'router', type, router_id, subject_id, data from event where not is_crowded
  )
  select array_agg(id) into introduced from device;

  -- Entries may have named a MAC before it was seen.
  update user_whitelists e set device_id = d.id from user_devices d
    where e.user_id = owner_id and e.router_id = at_router and e.device_id is null and e.device_mac = d.mac
      and d.user_id = owner_id and d.id = any (recognised || introduced);
  update user_blacklists e set device_id = d.id from user_devices d
    where e.user_id = owner_id and e.router_id = at_router and e.device_id is null and e.device_mac = d.mac
      and d.user_id = owner_id and d.id = any (recognised || introduced);
  update user_blocked_devices e set device_id = d.id from user_devices d
    where e.user_id = owner_id and e.router_id = at_router and e.device_id is null and e.device_mac = d.mac
      and e.is_active and d.user_id = owner_id and d.id = any (recognised || introduced);
  return introduced;
end
$$;

-- Gives each device the addresses it was seen with, and what lost one its past; gives the devices that lost one.
create or replace function claim_addresses(
  owner_id uuid, at_router varchar, at_time timestamptz, is_complete boolean, seen_ids uuid[], seen_ips inet[],
  seen_online boolean[]
) returns uuid[]
language plpgsql as $$
declare
  fresh_ids uuid[];
  fresh_ips inet[];
  losers uuid[];
begin
  -- Where a device was before it was ever scanned, as an import has it, becomes part of its history.
  insert into device_addresses (user_id, device_id, ip, router_id, first_seen, last_seen, is_current)
  select owner_id, d.id, d.ip, at_router, d.first_seen, d.last_seen, d.holds_ip
  from user_devices d
  where d.user_id = owner_id and d.id = any (seen_ids)
    and not exists (
      select from device_addresses a where a.user_id = owner_id and a.device_id = d.id and a.ip = d.ip)
    and d.shown_as is null and not exists (
      select from user_devices p where p.user_id = owner_id and p.shown_as = d.id)
  on conflict do nothing;

  -- One address has one holder: of two in the same scan the one named last.
  with claim as (
    select distinct on (s.ip) s.id, s.ip
    from unnest(seen_ids, seen_ips) with ordinality s(id, ip, place)
    order by s.ip, s.place desc
  )
  select array_agg(c.id), array_agg(c.ip) into fresh_ids, fresh_ips
  from claim c
  where not exists (
    select from device_addresses a where a.user_id = owner_id and a.device_id = c.id and a.ip = c.ip and a.is_current);

  with lost as (
    update device_addresses a set is_current = false
    from unnest(fresh_ids, fresh_ips) f(id, ip)
    where a.user_id = owner_id and a.router_id = at_router and a.ip = f.ip and a.is_current and a.device_id <> f.id
    returning a.device_id
  )
  select array_agg(l.device_id) into losers from lost l;
  if is_complete then
    update device_addresses a set is_current = false
    from (select u.id, array_agg(u.ip) as ips from unnest(seen_ids, seen_ips) u(id, ip) group by u.id) s
    where a.user_id = owner_id and a.device_id = s.id and a.is_current and a.ip <> all (s.ips);
  end if;
  insert into device_addresses (user_id, device_id, ip, router_id, first_seen, last_seen, is_current)
  select owner_id, f.id, f.ip, at_router, at_time, at_time, true from unnest(fresh_ids, fresh_ips) f(id, ip)
  on conflict (user_id, device_id, ip) do update set is_current = true;
  delete from device_addresses a
  using (
    select f.id, (
      select b.last_seen from device_addresses b where b.user_id = owner_id and b.device_id = f.id
      order by b.last_seen desc offset most_history() limit 1) as last_seen
    from (select distinct u.id from unnest(fresh_ids) u(id)) f
  ) kept
  where a.user_id = owner_id and a.device_id = kept.id and not a.is_current and a.last_seen <= kept.last_seen;
  update user_devices d set holds_ip = false
  from unnest(fresh_ids, fresh_ips) f(id, ip)
  where d.user_id = owner_id and d.router_id = at_router and d.ip = f.ip and d.holds_ip and d.id <> f.id;
  update device_addresses a set last_seen = at_time
  from unnest(seen_ids, seen_ips, seen_online) s(id, ip, is_online)
  where s.is_online and a.user_id = owner_id and a.device_id = s.id and a.ip = s.ip and a.last_seen < at_time;
  return losers;
end
$$;

-- Begins and ends stays; gives the devices that left.
create or replace function note_presence(
  owner_id uuid, at_router varchar, at_time timestamptz, is_complete boolean, seen_ids uuid[], seen_online boolean[]
) returns uuid[]
language plpgsql as $$
declare
  leavers uuid[];
  comers uuid[];
begin
  with seen as materialized (
    select u.id, bool_or(u.is_online) as is_online from unnest(seen_ids, seen_online) u(id, is_online) group by u.id
  ), gone as (
    update device_presence p set offline_at = greatest(p.online_at, at_time)
    where p.user_id = owner_id and p.router_id = at_router and p.offline_at is null
      and not exists (select from seen s where s.id = p.device_id and s.is_online)
      and (is_complete or exists (select from seen s where s.id = p.device_id))
    returning p.device_id
  ), come as (
    insert into device_presence (user_id, device_id, online_at, router_id)
    select owner_id, s.id, at_time, at_router
    from seen s
    where s.is_online and not exists (
      select from device_presence p
      where p.user_id = owner_id and p.router_id = at_router and p.device_id = s.id and p.offline_at is null)
    on conflict (user_id, device_id, online_at) do update set offline_at = null
    returning device_id
  )
  select (select array_agg(g.device_id) from gone g), (select array_agg(c.device_id) from come c)
    into leavers, comers;
  delete from device_presence p
  using (
    select c.id, (
      select b.online_at from device_presence b where b.user_id = owner_id and b.device_id = c.id
      order by b.online_at desc offset most_history() limit 1) as online_at
    from unnest(comers) c(id)
  ) kept
  where p.user_id = owner_id and p.device_id = kept.id and p.online_at <= kept.online_at;
  return leavers;
end
$$;

-- What has run out is deleted for everybody at once, so many rows of a table at a time: whoever calls this calls it
-- again while there were as many. Others may do the same meanwhile.
create or replace function delete_expired() returns table (deleted_from text, deleted bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  most constant integer := 10000;
begin
  perform set_config('netpilot.maintenance', 'on', true);
  delete from user_sessions where ctid = any (array(
    select ctid from user_sessions where expires_at < now() - interval '30 days' limit most for update skip locked));
  get diagnostics deleted = row_count; deleted_from := 'user_sessions'; return next;
  delete from sign_in_attempts where ctid = any (array(
    select ctid from sign_in_attempts where expires_at < now() limit most for update skip locked));
  get diagnostics deleted = row_count; deleted_from := 'sign_in_attempts'; return next;
  delete from local_sign_in_links where ctid = any (array(
    select ctid from local_sign_in_links where expires_at < now() limit most for update skip locked));
  get diagnostics deleted = row_count; deleted_from := 'local_sign_in_links'; return next;
  delete from idempotency_keys where ctid = any (array(
    select ctid from idempotency_keys where created_at < now() - interval '24 hours' limit most for update skip locked));
  get diagnostics deleted = row_count; deleted_from := 'idempotency_keys'; return next;
  -- An hour longer than it works: the page that shows how linking goes may still be open.
  delete from pairing_codes where ctid = any (array(
    select ctid from pairing_codes where expires_at < now() - interval '1 hour' limit most for update skip locked));
  get diagnostics deleted = row_count; deleted_from := 'pairing_codes'; return next;
  delete from events where ctid = any (array(
    select ctid from events where at < now() - interval '24 hours' limit most for update skip locked));
  get diagnostics deleted = row_count; deleted_from := 'events'; return next;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
