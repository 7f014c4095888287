-- Where a device is: {network, port, band, ssid, signal, down, up, since}, as its router last said; null: it never has.
alter table user_devices add column place jsonb constraint user_devices_place_check check (jsonb_typeof(place) = 'object');
-- What a router is and how it is, as it last said.
create table router_facts (
  user_id uuid not null,
  router_id varchar(255) not null,
  reported_at timestamptz not null default now(),
  model varchar(255),
  release varchar(255),
  booted_at timestamptz not null,
  load real not null check (load >= 0),
  memory_total bigint not null check (memory_total >= 0),
  memory_available bigint not null check (memory_available >= 0),
  internet varchar(4) not null check (internet in ('up', 'down', 'none')),
  public_ip4 inet,
  public_ip6 inet,
  offloading varchar(8) not null check (offloading in ('off', 'software', 'hardware')),
  primary key (user_id, router_id),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade
);
select isolate_tenant_table('router_facts');
