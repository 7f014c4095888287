-- What a router is asked for besides its policy: to measure until then what devices use, each 2 s; whose answers to measure (null:
-- the default, none: nobody's); and to wake a device.
alter table user_routers
  add column usage_wanted_until timestamptz,
  add column health_targets inet[];
alter table user_devices add column wake_wanted_at timestamptz;
create trigger user_routers_notify_ask after update of usage_wanted_until, health_targets on user_routers for each row
  when (old.usage_wanted_until is distinct from new.usage_wanted_until or old.health_targets is distinct from new.health_targets)
  execute function notify_router('ask');
create trigger user_devices_notify_ask after update of wake_wanted_at on user_devices for each row
  when (new.wake_wanted_at is not null and old.wake_wanted_at is distinct from new.wake_wanted_at)
  execute function notify_router('ask');
-- What a router's devices used in its latest sample: [{device_id, down, up}], bytes.
create table router_usage (
  user_id uuid not null,
  router_id varchar(255) not null,
  measured_at timestamptz not null default now(),
  milliseconds bigint not null check (milliseconds > 0),
  counting varchar(7) not null check (counting in ('counted', 'partly')),
  devices jsonb not null check (jsonb_typeof(devices) = 'array'),
  primary key (user_id, router_id),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade
);
select isolate_tenant_table('router_usage');
-- How well an address on the internet answered the router that asked it, the last time.
create table router_health (
  user_id uuid not null,
  router_id varchar(255) not null,
  target inet not null,
  measured_at timestamptz not null default now(),
  loss smallint not null check (loss between 0 and 100),
  round_trip real check (round_trip >= 0),
  primary key (user_id, router_id, target),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade
);
select isolate_tenant_table('router_health');
