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
