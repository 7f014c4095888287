-- Users who may act in a home that another user owns; `user_id` is the owner. Their names are as their accounts have them.
create table home_members (
  user_id uuid not null,
  home_id uuid not null,
  member_id uuid not null references users (id) on delete cascade,
  role varchar(10) not null check (role in ('admin', 'viewer', 'child')),
  person_id uuid,
  member_name varchar(255) not null,
  member_email varchar(255) not null,
  created_at timestamptz not null default now(),
  primary key (user_id, home_id, member_id),
  foreign key (user_id, home_id) references homes (user_id, id) on delete cascade,
  foreign key (user_id, person_id) references people (user_id, id) on delete set null (person_id),
  constraint home_members_not_owner check (member_id <> user_id)
);
create unique index home_members_member on home_members (member_id, home_id);
create unique index home_members_person on home_members (user_id, person_id) where person_id is not null;
select isolate_tenant_table('home_members');
-- Before it is known whose home it is.
create policy member on home_members for select to netpilot_service using (member_id = (select current_actor_id()));
create trigger users_name_members after update of full_name, email on users for each row
  when (old.full_name is distinct from new.full_name or old.email <> new.email) execute function keep_member_names();

-- A link that makes one person a member, once, within a week. It holds the secret; this is its SHA-256.
create table home_invitations (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  role varchar(10) not null check (role in ('admin', 'viewer', 'child')),
  person_id uuid,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '7 days',
  used_at timestamptz,
  used_by uuid,
  primary key (user_id, id),
  foreign key (user_id, home_id) references homes (user_id, id) on delete cascade,
  foreign key (user_id, person_id) references people (user_id, id) on delete set null (person_id),
  constraint home_invitations_used check ((used_at is null) = (used_by is null))
);
create index home_invitations_home on home_invitations (user_id, home_id);
create index home_invitations_person on home_invitations (user_id, person_id) where person_id is not null;
create index home_invitations_expires_at on home_invitations (expires_at);
select isolate_tenant_table('home_invitations');
create policy credential on home_invitations for select to netpilot_service using (token_hash = (select current_credential()));

-- Who acted if it was not the tenant, as the account was named then; and in which home, for what is about no router.
alter table audit_entries
  add column actor_id uuid,
  add column actor_name varchar(255),
  add column home_id uuid;
alter table audit_entries
  alter column actor_id set default nullif(current_actor_id(), current_user_id()),
  alter column actor_name set default nullif(current_setting('netpilot.actor_name', true), ''),
  alter column home_id set default current_home_id();
alter table events add column home_id uuid;
alter table events alter column home_id set default current_home_id();
create index audit_entries_home on audit_entries (user_id, home_id, (imported_at is null), id) where home_id is not null;

-- The home that its router comes to; null: the first.
alter table pairing_codes add column home_id uuid;
alter table pairing_codes
  alter column home_id set default current_home_id(),
  add foreign key (user_id, home_id) references homes (user_id, id) on delete cascade;
create index pairing_codes_home on pairing_codes (user_id, home_id) where home_id is not null;

-- Each sender has keys of their own, in each home.
alter table idempotency_keys
  add column actor_id uuid,
  add column home_id uuid;
select set_config('netpilot.maintenance', 'on', true);
update idempotency_keys set actor_id = user_id;
select set_config('netpilot.maintenance', '', true);
alter table idempotency_keys
  alter column actor_id set not null,
  alter column actor_id set default current_actor_id(),
  alter column home_id set default current_home_id(),
  drop constraint idempotency_keys_pkey,
  add primary key (user_id, actor_id, key);
create policy sender on idempotency_keys as restrictive to netpilot_service using (actor_id = (select current_actor_id()));

-- What a transaction sees that is limited to one home. `event_counters` alone has only numbers.
select limit_to_home('homes', 'id = (select current_home_id())');
select limit_to_home('people');
select limit_to_home('access_rules');
select limit_to_home('home_members');
select limit_to_home('home_invitations');
select limit_to_home('pairing_codes');
select limit_to_home('idempotency_keys');
select limit_to_home('user_routers');
select limit_to_home('user_devices');
select limit_to_home('user_whitelists');
select limit_to_home('user_blacklists');
select limit_to_home('user_blocked_devices');
select limit_to_home('device_addresses');
select limit_to_home('device_presence');
select limit_to_home('router_policies');
select limit_to_home('router_keys');
select limit_to_home('router_dials');
select limit_to_home('router_facts');
select limit_to_home('router_health');
select limit_to_home('router_usage');
select limit_to_home('user_settings');
select limit_to_home('audit_entries', $$
  case when router_id is null then home_id = (select current_home_id())
  else router_id = any (array(select r.router_id from user_routers r)) end$$);
select limit_to_home('events', $$
  case when router_id is null then home_id = (select current_home_id())
  else router_id = any (array(select r.router_id from user_routers r)) end$$);
-- The owner's own, not to be seen by a member.
select limit_to_home('users');
select limit_to_home('user_sessions', 'false');
select limit_to_home('imports', $$
  (select current_actor_id()) = (select current_user_id()) and router_id = any (array(select r.router_id from user_routers r))$$);
select limit_to_home('import_rejects', $$
  (select current_actor_id()) = (select current_user_id()) and router_id = any (array(select r.router_id from user_routers r))$$);
