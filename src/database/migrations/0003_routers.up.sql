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
