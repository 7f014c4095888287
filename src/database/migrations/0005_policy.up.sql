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
