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
