-- Which samples of a router are in its usage already: all up to this number of this source. Of its minutes those before hours_until are
-- summed in usage_hours, of its hours those before days_until in usage_days. The latest sample is by MAC now: {mac, down, up}. Whose that is,
-- is asked when it is read.
alter table router_usage
  add column source uuid not null default gen_random_uuid(),
  add column number bigint not null default 0,
  add column hours_until timestamptz not null default date_trunc('minute', now()),
  add column days_until timestamptz not null default date_trunc('minute', now()),
  -- Each sample updates its router's row, of which nothing indexed changes: with room on the page no index has to know.
  set (fillfactor = 50);
create index router_usage_hours_until on router_usage (hours_until);

-- What a router's devices used: a row for each router and minute, hour, and day of its home's zone; bytes by MAC. The MAC of zeros has what is
-- beyond the most devices of a row.
create table usage_minutes (
  user_id uuid not null,
  router_id varchar(255) not null,
  at timestamptz not null,
  is_partial boolean not null,
  macs macaddr[] not null,
  down bigint[] not null,
  up bigint[] not null,
  primary key (user_id, router_id, at),
  foreign key (user_id, router_id) references router_usage (user_id, router_id) on update cascade on delete cascade,
  constraint usage_minutes_arrays check (cardinality(macs) = cardinality(down) and cardinality(macs) = cardinality(up))
);
create table usage_hours (
  user_id uuid not null,
  router_id varchar(255) not null,
  at timestamptz not null,
  is_partial boolean not null,
  macs macaddr[] not null,
  down bigint[] not null,
  up bigint[] not null,
  primary key (user_id, router_id, at),
  foreign key (user_id, router_id) references router_usage (user_id, router_id) on update cascade on delete cascade,
  constraint usage_hours_arrays check (cardinality(macs) = cardinality(down) and cardinality(macs) = cardinality(up))
);
create table usage_days (
  user_id uuid not null,
  router_id varchar(255) not null,
  day date not null,
  is_partial boolean not null,
  macs macaddr[] not null,
  down bigint[] not null,
  up bigint[] not null,
  primary key (user_id, router_id, day),
  foreign key (user_id, router_id) references router_usage (user_id, router_id) on update cascade on delete cascade,
  constraint usage_days_arrays check (cardinality(macs) = cardinality(down) and cardinality(macs) = cardinality(up))
);
select isolate_tenant_table('usage_minutes'), isolate_tenant_table('usage_hours'), isolate_tenant_table('usage_days');
select limit_to_home('usage_minutes'), limit_to_home('usage_hours'), limit_to_home('usage_days');
