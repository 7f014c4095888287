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
