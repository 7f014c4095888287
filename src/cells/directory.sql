-- The directory: which cell each person lives in. A database of its own, or a schema in that of one of the cells. It is asked when
-- somebody signs in and when somebody is moved, and never else. `netpilot cell add` runs this each time.
create schema if not exists directory;

create table if not exists directory.cells (
  cell smallint primary key check (cell > 0),
  -- Where the api of other cells reaches this cell's.
  api_url text not null,
  -- What a router dials that is moved here.
  routers_host text not null,
  routers_port integer not null check (routers_port between 1 and 65535),
  -- open: new people come here. full: no new ones. draining: those who are here are to be moved away.
  state text not null default 'open' check (state in ('open', 'full', 'draining'))
);
-- By what its database is known (its-database.ts). Absent until `netpilot cell add` has run there.
alter table directory.cells add column if not exists database text unique;

create table if not exists directory.people (
  -- Absent: invited, and has not signed in yet.
  user_id uuid unique,
  issuer text,
  subject text,
  email text primary key,
  cell smallint not null references directory.cells (cell),
  state text not null default 'settled' check (state in ('settled', 'moving')),
  moving_to smallint references directory.cells (cell),
  -- Of who is being moved: whether they may sign in when they have arrived.
  was_active boolean not null default true,
  unique (issuer, subject)
);
create index if not exists people_cell on directory.people (cell);

-- The host keys by which routers know all cells, sealed with the SECRET_KEY that they share.
create table if not exists directory.server_keys (
  credential_hash bytea primary key,
  purpose text not null,
  public_key text not null,
  sealed_key bytea not null
);
