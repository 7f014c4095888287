-- A home: its routers, its people, and the rules that hold for them, in one time zone (IANA; null until somebody has said it).
create table homes (
  user_id uuid not null references users (id) on delete cascade,
  id uuid not null default uuid_v7() unique,
  name varchar(255) not null default 'Home' check (name ~ '\S'),
  timezone varchar(64) check (timezone <> ''),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id)
);
select isolate_tenant_table('homes');
create trigger homes_set_updated_at before update on homes for each row execute function set_updated_at();

-- Every user has a home; who was here before has one for each router.
create trigger users_create_home after insert on users for each row execute function create_first_home();

alter table user_routers add column home_id uuid;
alter table user_routers disable trigger user_routers_set_updated_at;
select set_config('netpilot.maintenance', 'on', true);
with home as (
  insert into homes (user_id, id, name, timezone)
  select r.user_id, r.id, coalesce(nullif(btrim(r.router_name), ''), 'Home'), (
    select s.setting_value #>> '{}' from user_settings s
    where s.user_id = r.user_id and s.router_id is null and s.setting_key = 'timezone'
      and jsonb_typeof(s.setting_value) = 'string' and length(s.setting_value #>> '{}') between 1 and 64)
  from user_routers r
  returning user_id, id
)
update user_routers r set home_id = home.id from home where home.user_id = r.user_id and home.id = r.id;
insert into homes (user_id)
select u.id from users u where not exists (select from homes h where h.user_id = u.id);
select set_config('netpilot.maintenance', '', true);
alter table user_routers
  enable trigger user_routers_set_updated_at,
  alter column home_id set not null,
  add foreign key (user_id, home_id) references homes (user_id, id);
create index user_routers_home on user_routers (user_id, home_id);
create trigger user_routers_place_in_home before insert on user_routers for each row execute function place_router_in_home();

create table people (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  name varchar(255) not null check (name ~ '\S'),
  colour varchar(10) not null default 'blue',
  -- WebP, PNG or JPEG.
  picture bytea check (octet_length(picture) <= 262144),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id),
  foreign key (user_id, home_id) references homes (user_id, id) on delete cascade
);
create unique index people_name on people (user_id, home_id, lower(name));
select isolate_tenant_table('people');
create trigger people_set_updated_at before update on people for each row execute function set_updated_at();

-- Who uses a device, and when somebody first said that it is welcome, or not; null: it is new.
alter table user_devices
  add column person_id uuid,
  add column reviewed_at timestamptz default now(),
  add foreign key (user_id, person_id) references people (user_id, id) on delete set null (person_id);
alter table user_devices alter column reviewed_at drop default;
create index user_devices_person on user_devices (user_id, person_id) where person_id is not null;

-- What a home decides beyond manual blocks, modes and lists. For `pause` and `exception` a span of time (no end: until somebody
-- ends it), for `schedule` weekly windows in the home's zone (null: always), for `new_device` what a device gets until it is reviewed.
create table access_rules (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  kind varchar(10) not null check (kind in ('pause', 'exception', 'schedule', 'new_device')),
  name varchar(255) check (name ~ '\S'),
  target varchar(8) not null check (target in ('everyone', 'person', 'device', 'network')),
  person_id uuid,
  device_id uuid,
  -- As the router's configuration names it; on one router, or on every router of the home that has one.
  network varchar(64),
  router_id varchar(255),
  access varchar(5) not null check (access in ('allow', 'limit', 'block')),
  -- Bits per second; null: no limit in that direction.
  down_rate bigint check (down_rate between 0 and 1000000000000),
  up_rate bigint check (up_rate between 0 and 1000000000000),
  from_at timestamptz not null default now(),
  until_at timestamptz,
  -- [{"days": [1..7], "from": "21:00", "to": "07:00"}]: days as in ISO 8601, of the beginning.
  windows jsonb check (jsonb_typeof(windows) = 'array'),
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id),
  foreign key (user_id, home_id) references homes (user_id, id) on delete cascade,
  foreign key (user_id, person_id) references people (user_id, id) on delete cascade,
  foreign key (user_id, device_id) references user_devices (user_id, id) on delete cascade,
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  constraint access_rules_target check (
    (person_id is not null) = (target = 'person') and (device_id is not null) = (target = 'device')
    and (network is not null) = (target = 'network') and (router_id is null or target = 'network')),
  constraint access_rules_rates check ((access = 'limit') = (down_rate is not null or up_rate is not null)),
  constraint access_rules_time check (
    case kind
      when 'pause' then access = 'block' and windows is null
      when 'exception' then until_at is not null and windows is null
      when 'schedule' then until_at is null
      else until_at is null and windows is null and target in ('everyone', 'network')
    end and from_at < coalesce(until_at, 'infinity'))
);
create unique index access_rules_new_device on access_rules (user_id, home_id, network, router_id) nulls not distinct
  where kind = 'new_device';
create index access_rules_home on access_rules (user_id, home_id, id);
create index access_rules_person on access_rules (user_id, person_id) where person_id is not null;
create index access_rules_device on access_rules (user_id, device_id) where device_id is not null;
select isolate_tenant_table('access_rules');
create trigger access_rules_set_updated_at before update on access_rules for each row execute function set_updated_at();
