-- How often, and since when, nobody has answered the router: measurements in a row of all its targets together.
alter table router_health
  add column failed smallint not null default 0 check (failed >= 0),
  add column failed_since timestamptz,
  add constraint router_health_failed check ((failed = 0) = (failed_since is null));

-- How the internet answered, hour by hour. Of each step five numbers: measurements, their percent lost, how many were answered, their
-- milliseconds (sums, from which the averages come), and the longest. A step is of five minutes, later of the hour.
create table router_health_hours (
  user_id uuid not null,
  router_id varchar(255) not null,
  hour timestamptz not null,
  minutes smallint not null default 5,
  steps real[] not null,
  primary key (user_id, router_id, hour),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  constraint router_health_hours_steps check (minutes in (5, 60) and cardinality(steps) = 5 * 60 / minutes)
) with (fillfactor = 80);
create index router_health_hours_thinned on router_health_hours (minutes, hour);
select isolate_tenant_table('router_health_hours');
select limit_to_home('router_health_hours');

-- When a router was away, or there without the internet; no end: it is so now. One at a time.
create table router_outages (
  user_id uuid not null,
  router_id varchar(255) not null,
  from_at timestamptz not null,
  kind varchar(13) not null check (kind in ('away', 'internet_down')),
  until_at timestamptz,
  primary key (user_id, router_id, from_at, kind),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  constraint router_outages_in_order check (from_at <= until_at)
);
create unique index router_outages_open on router_outages (user_id, router_id) where until_at is null;
create index router_outages_until_at on router_outages (until_at);
select isolate_tenant_table('router_outages');
select limit_to_home('router_outages');

-- Who asked for more time, and what became of it. `replaced`: they asked again before anybody answered.
create table access_asks (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  person_id uuid not null,
  minutes integer not null check (minutes between 1 and 1440),
  message varchar(500) check (message ~ '\S'),
  asked_at timestamptz not null default now(),
  answered_at timestamptz,
  answer varchar(8) check (answer in ('granted', 'refused', 'replaced')),
  granted_minutes integer check (granted_minutes between 1 and 1440),
  -- Null: the owner.
  answered_by uuid,
  answered_by_name varchar(255),
  rule_id uuid,
  primary key (user_id, id),
  foreign key (user_id, home_id) references homes (user_id, id) on delete cascade,
  foreign key (user_id, person_id) references people (user_id, id) on delete cascade,
  foreign key (user_id, rule_id) references access_rules (user_id, id) on delete set null (rule_id),
  constraint access_asks_answer check (
    (answered_at is null) = (answer is null)
    and (granted_minutes is not null) = (answer is not distinct from 'granted')
    and (rule_id is null or granted_minutes is not null)
    and (answered_by is null) = (answered_by_name is null))
);
create unique index access_asks_open on access_asks (user_id, person_id) where answer is null;
create index access_asks_home on access_asks (user_id, home_id, id);
create index access_asks_person on access_asks (user_id, person_id, asked_at);
create index access_asks_rule on access_asks (user_id, rule_id) where rule_id is not null;
create index access_asks_asked_at on access_asks (asked_at);
select isolate_tenant_table('access_asks');
select limit_to_home('access_asks');
