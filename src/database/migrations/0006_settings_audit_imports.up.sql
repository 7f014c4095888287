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
