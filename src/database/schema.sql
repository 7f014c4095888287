-- The database as migrations/ and functions/ make it: to read, not to run. `npm run generate` writes it, and a test
-- compares it with a new database. Everything belongs to netpilot_owner. Row-level security is forced on every table. Partitions have what their
-- table has: functions/keep_partitions.sql makes and drops them.

create table access_asks (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  person_id uuid not null,
  minutes integer not null,
  message varchar(500),
  asked_at timestamptz not null default now(),
  answered_at timestamptz,
  answer varchar(8),
  granted_minutes integer,
  answered_by uuid,
  answered_by_name varchar(255),
  rule_id uuid,
  constraint access_asks_pkey primary key (user_id, id),
  constraint access_asks_answer check ((answered_at is null) = (answer is null) and (granted_minutes is not null) = (not answer is distinct from 'granted') and (rule_id is null or granted_minutes is not null) and (answered_by is null) = (answered_by_name is null)),
  constraint access_asks_answer_check check (answer = any (array['granted', 'refused', 'replaced'])),
  constraint access_asks_granted_minutes_check check (granted_minutes >= 1 and granted_minutes <= 1440),
  constraint access_asks_message_check check (message ~ '\S'),
  constraint access_asks_minutes_check check (minutes >= 1 and minutes <= 1440),
  constraint access_asks_user_id_home_id_fkey foreign key (user_id, home_id) references homes(user_id, id) on delete cascade,
  constraint access_asks_user_id_person_id_fkey foreign key (user_id, person_id) references people(user_id, id) on delete cascade,
  constraint access_asks_user_id_rule_id_fkey foreign key (user_id, rule_id) references access_rules(user_id, id) on delete set null (rule_id)
);
create index access_asks_asked_at on access_asks (asked_at);
create index access_asks_home on access_asks (user_id, home_id, id);
create unique index access_asks_open on access_asks (user_id, person_id) where answer is null;
create index access_asks_person on access_asks (user_id, person_id, asked_at);
create index access_asks_rule on access_asks (user_id, rule_id) where rule_id is not null;
create policy home on access_asks to netpilot_service using (
case
    when ((select current_home_id())) is null or home_id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on access_asks to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on access_asks to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on access_asks to netpilot_service;

create table access_rules (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  kind varchar(10) not null,
  name varchar(255),
  target varchar(8) not null,
  person_id uuid,
  device_id uuid,
  network varchar(64),
  router_id varchar(255),
  access varchar(5) not null,
  down_rate bigint,
  up_rate bigint,
  from_at timestamptz not null default now(),
  until_at timestamptz,
  windows jsonb,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint access_rules_pkey primary key (user_id, id),
  constraint access_rules_access_check check (access = any (array['allow', 'limit', 'block'])),
  constraint access_rules_down_rate_check check (down_rate >= 0 and down_rate <= '1000000000000'),
  constraint access_rules_kind_check check (kind = any (array['pause', 'exception', 'schedule', 'new_device'])),
  constraint access_rules_name_check check (name ~ '\S'),
  constraint access_rules_rates check ((access = 'limit') = (down_rate is not null or up_rate is not null)),
  constraint access_rules_target check ((person_id is not null) = (target = 'person') and (device_id is not null) = (target = 'device') and (network is not null) = (target = 'network') and (router_id is null or target = 'network')),
  constraint access_rules_target_check check (target = any (array['everyone', 'person', 'device', 'network'])),
  constraint access_rules_time check (case kind when 'pause' then access = 'block' and windows is null when 'exception' then until_at is not null and windows is null when 'schedule' then until_at is null else until_at is null and windows is null and (target = any (array['everyone', 'network'])) end and from_at < coalesce(until_at, 'infinity'::timestamptz)),
  constraint access_rules_up_rate_check check (up_rate >= 0 and up_rate <= '1000000000000'),
  constraint access_rules_windows_check check (jsonb_typeof(windows) = 'array'),
  constraint access_rules_user_id_device_id_fkey foreign key (user_id, device_id) references user_devices(user_id, id) on delete cascade,
  constraint access_rules_user_id_home_id_fkey foreign key (user_id, home_id) references homes(user_id, id) on delete cascade,
  constraint access_rules_user_id_person_id_fkey foreign key (user_id, person_id) references people(user_id, id) on delete cascade,
  constraint access_rules_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create index access_rules_device on access_rules (user_id, device_id) where device_id is not null;
create index access_rules_home on access_rules (user_id, home_id, id);
create unique index access_rules_new_device on access_rules (user_id, home_id, network, router_id) nulls not distinct where kind = 'new_device';
create index access_rules_person on access_rules (user_id, person_id) where person_id is not null;
create trigger access_rules_set_updated_at before update on access_rules for each row execute function set_updated_at();
create policy home on access_rules to netpilot_service using (
case
    when ((select current_home_id())) is null or home_id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on access_rules to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on access_rules to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on access_rules to netpilot_service;

create table alert_channels (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  member_id uuid not null,
  kind varchar(10) not null,
  name varchar(255) not null,
  settings jsonb not null default '{}',
  sealed_settings bytea not null,
  unsubscribe_hash bytea,
  wanted varchar(30)[],
  language varchar(2) not null default 'en',
  is_enabled boolean not null default true,
  problem varchar(500),
  created_at timestamptz not null default now(),
  verified_at timestamptz,
  last_number bigint not null default 0,
  next_at timestamptz,
  failures integer not null default 0,
  claimed_by uuid,
  claimed_until timestamptz,
  allowed_at timestamptz,
  constraint alert_channels_pkey primary key (user_id, id),
  constraint alert_channels_unsubscribe_hash_key unique (unsubscribe_hash),
  constraint alert_channels_kind_check check (kind = any (array['email', 'ntfy', 'webhook', 'web_push', 'gotify', 'telegram', 'pushover', 'apprise'])),
  constraint alert_channels_language_check check (language = any (array['en', 'de'])),
  constraint alert_channels_name_check check (name ~ '\S'),
  constraint alert_channels_settings_check check (jsonb_typeof(settings) = 'object'),
  constraint alert_channels_unsubscribe_hash_check check (octet_length(unsubscribe_hash) = 32),
  constraint alert_channels_member_id_fkey foreign key (member_id) references users(id) on delete cascade,
  constraint alert_channels_user_id_home_id_fkey foreign key (user_id, home_id) references homes(user_id, id) on delete cascade
);
create index alert_channels_home on alert_channels (user_id, home_id, member_id);
create index alert_channels_member on alert_channels (member_id);
create index alert_channels_next_at on alert_channels (next_at) where next_at is not null;
create policy credential on alert_channels for select to netpilot_service using (unsubscribe_hash = ((select current_credential())));
create policy home on alert_channels to netpilot_service using (
case
    when ((select current_home_id())) is null or home_id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on alert_channels to netpilot_owner using ((select maintenance_is_on()));
create policy sender on alert_channels to netpilot_service using (member_id = ((select current_actor_id())) or unsubscribe_hash = ((select current_credential())));
create policy tenant on alert_channels to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on alert_channels to netpilot_service;

create table alert_deliveries (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  channel_id uuid not null,
  member_id uuid not null,
  number bigint not null,
  channel_kind varchar(10) not null,
  channel_name varchar(255) not null,
  kind varchar(30) not null,
  thing varchar(300) not null,
  message jsonb not null,
  state varchar(10) not null default 'waiting',
  tries integer not null default 0,
  problem varchar(500),
  created_at timestamptz not null default now(),
  tried_at timestamptz,
  next_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint alert_deliveries_pkey primary key (user_id, id),
  constraint alert_deliveries_user_id_channel_id_number_key unique (user_id, channel_id, number),
  constraint alert_deliveries_finished check ((state = 'waiting') = (finished_at is null)),
  constraint alert_deliveries_state_check check (state = any (array['waiting', 'delivered', 'given_up', 'dropped'])),
  constraint alert_deliveries_user_id_channel_id_fkey foreign key (user_id, channel_id) references alert_channels(user_id, id) on delete cascade,
  constraint alert_deliveries_user_id_home_id_fkey foreign key (user_id, home_id) references homes(user_id, id) on delete cascade
);
create index alert_deliveries_created_at on alert_deliveries (created_at);
create index alert_deliveries_home on alert_deliveries (user_id, home_id, id);
create index alert_deliveries_thing on alert_deliveries (user_id, member_id, thing, id);
create index alert_deliveries_tried_at on alert_deliveries (user_id, member_id, tried_at) where tried_at is not null;
create index alert_deliveries_waiting on alert_deliveries (user_id, channel_id, number) where state = 'waiting';
create policy home on alert_deliveries to netpilot_service using (
case
    when ((select current_home_id())) is null or home_id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on alert_deliveries to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on alert_deliveries to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on alert_deliveries to netpilot_service;

create table alert_held (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  member_id uuid not null,
  kind varchar(30) not null,
  thing varchar(300) not null,
  alert jsonb not null,
  at timestamptz not null,
  due_at timestamptz not null,
  told_at timestamptz,
  constraint alert_held_pkey primary key (user_id, id),
  constraint alert_held_member_id_fkey foreign key (member_id) references users(id) on delete cascade,
  constraint alert_held_user_id_home_id_fkey foreign key (user_id, home_id) references homes(user_id, id) on delete cascade
);
create index alert_held_at on alert_held (at);
create index alert_held_due_at on alert_held (due_at) where told_at is null;
create index alert_held_home on alert_held (user_id, home_id);
create index alert_held_member on alert_held (member_id);
create index alert_held_thing on alert_held (user_id, member_id, thing, id);
create policy home on alert_held to netpilot_service using (
case
    when ((select current_home_id())) is null or home_id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on alert_held to netpilot_owner using ((select maintenance_is_on()));
create policy sender on alert_held to netpilot_service using (member_id = ((select current_actor_id())));
create policy tenant on alert_held to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on alert_held to netpilot_service;

create table alert_links (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  member_id uuid not null,
  token_hash bytea not null,
  action varchar(10) not null,
  name varchar(255) not null,
  router_id varchar(255),
  device_id uuid,
  person_id uuid,
  minutes integer,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  ask_id uuid,
  constraint alert_links_pkey primary key (user_id, id),
  constraint alert_links_token_hash_key unique (token_hash),
  constraint alert_links_action_check check (action = any (array['approve', 'block', 'pause', 'grant'])),
  constraint alert_links_minutes_check check (minutes >= 1 and minutes <= 1440),
  constraint alert_links_target check (case action when 'grant' then person_id is not null and minutes is not null when 'pause' then (person_id is null) <> (device_id is null) and minutes is not null else device_id is not null and router_id is not null end),
  constraint alert_links_token_hash_check check (octet_length(token_hash) = 32),
  constraint alert_links_member_id_fkey foreign key (member_id) references users(id) on delete cascade,
  constraint alert_links_user_id_ask_id_fkey foreign key (user_id, ask_id) references access_asks(user_id, id) on delete cascade,
  constraint alert_links_user_id_device_id_fkey foreign key (user_id, device_id) references user_devices(user_id, id) on delete cascade,
  constraint alert_links_user_id_home_id_fkey foreign key (user_id, home_id) references homes(user_id, id) on delete cascade,
  constraint alert_links_user_id_person_id_fkey foreign key (user_id, person_id) references people(user_id, id) on delete cascade,
  constraint alert_links_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create index alert_links_ask on alert_links (user_id, ask_id) where ask_id is not null;
create index alert_links_device on alert_links (user_id, device_id) where device_id is not null;
create index alert_links_expires_at on alert_links (expires_at);
create index alert_links_home on alert_links (user_id, home_id);
create index alert_links_member on alert_links (member_id);
create index alert_links_person on alert_links (user_id, person_id) where person_id is not null;
create index alert_links_router on alert_links (user_id, router_id) where router_id is not null;
create policy credential on alert_links for select to netpilot_service using (token_hash = ((select current_credential())));
create policy home on alert_links to netpilot_service using (
case
    when ((select current_home_id())) is null or home_id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on alert_links to netpilot_owner using ((select maintenance_is_on()));
create policy sender on alert_links to netpilot_service using (member_id = ((select current_actor_id())) or token_hash = ((select current_credential())));
create policy tenant on alert_links to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on alert_links to netpilot_service;

create table alert_outbox (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  member_id uuid not null,
  type varchar(100) not null,
  router_id varchar(255),
  subject_id varchar(255),
  data jsonb not null,
  at timestamptz not null,
  due_at timestamptz not null default now(),
  constraint alert_outbox_pkey primary key (user_id, id),
  constraint alert_outbox_member_id_fkey foreign key (member_id) references users(id) on delete cascade,
  constraint alert_outbox_user_id_home_id_fkey foreign key (user_id, home_id) references homes(user_id, id) on delete cascade,
  constraint alert_outbox_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create index alert_outbox_at on alert_outbox (at);
create index alert_outbox_due_at on alert_outbox (due_at);
create index alert_outbox_home on alert_outbox (user_id, home_id);
create index alert_outbox_member on alert_outbox (member_id);
create index alert_outbox_router on alert_outbox (user_id, router_id) where router_id is not null;
create policy home on alert_outbox to netpilot_service using (
case
    when ((select current_home_id())) is null or home_id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on alert_outbox to netpilot_owner using ((select maintenance_is_on()));
create policy sender on alert_outbox to netpilot_service using (member_id = ((select current_actor_id())));
create policy tenant on alert_outbox to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on alert_outbox to netpilot_service;

create table alert_preferences (
  user_id uuid not null,
  home_id uuid not null,
  member_id uuid not null,
  quiet_hours jsonb,
  let_through varchar(30)[] not null default '{access_answered}',
  digest_day smallint default 7,
  digest_time varchar(5) default '18:00',
  digest_at timestamptz,
  constraint alert_preferences_pkey primary key (user_id, home_id, member_id),
  constraint alert_preferences_digest check ((digest_day is null) = (digest_time is null) and (digest_at is null or digest_day is not null)),
  constraint alert_preferences_digest_day_check check (digest_day >= 1 and digest_day <= 7),
  constraint alert_preferences_digest_time_check check (digest_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  constraint alert_preferences_quiet_hours_check check (not require_weekly_windows(quiet_hours) is distinct from quiet_hours),
  constraint alert_preferences_member_id_fkey foreign key (member_id) references users(id) on delete cascade,
  constraint alert_preferences_user_id_home_id_fkey foreign key (user_id, home_id) references homes(user_id, id) on delete cascade
);
create index alert_preferences_digest_at on alert_preferences (coalesce(digest_at, '-infinity'::timestamptz)) where digest_day is not null;
create index alert_preferences_member on alert_preferences (member_id);
create policy home on alert_preferences to netpilot_service using (
case
    when ((select current_home_id())) is null or home_id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on alert_preferences to netpilot_owner using ((select maintenance_is_on()));
create policy sender on alert_preferences to netpilot_service using (member_id = ((select current_actor_id())));
create policy tenant on alert_preferences to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on alert_preferences to netpilot_service;

create table alert_watches (
  user_id uuid not null,
  home_id uuid not null,
  member_id uuid not null,
  device_id uuid not null,
  is_home boolean not null,
  since timestamptz not null default now(),
  constraint alert_watches_pkey primary key (user_id, home_id, member_id, device_id),
  constraint alert_watches_member_id_fkey foreign key (member_id) references users(id) on delete cascade,
  constraint alert_watches_user_id_device_id_fkey foreign key (user_id, device_id) references user_devices(user_id, id) on delete cascade,
  constraint alert_watches_user_id_home_id_fkey foreign key (user_id, home_id) references homes(user_id, id) on delete cascade
);
create index alert_watches_device on alert_watches (user_id, device_id);
create index alert_watches_member on alert_watches (member_id);
create policy home on alert_watches to netpilot_service using (
case
    when ((select current_home_id())) is null or home_id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on alert_watches to netpilot_owner using ((select maintenance_is_on()));
create policy sender on alert_watches to netpilot_service using (member_id = ((select current_actor_id())));
create policy tenant on alert_watches to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on alert_watches to netpilot_service;

create table audit_entries (
  id uuid not null default uuid_v7(),
  user_id uuid not null,
  at timestamptz not null default now(),
  actor varchar(20) not null,
  session_id varchar(255),
  action varchar(100) not null,
  router_id varchar(255),
  subject_id varchar(255),
  details jsonb not null default '{}',
  imported_at timestamptz,
  actor_id uuid default nullif(current_actor_id(), current_user_id()),
  actor_name varchar(255) default nullif(current_setting('netpilot.actor_name', true), ''),
  home_id uuid default current_home_id(),
  token_name varchar(255),
  client varchar(255),
  constraint audit_entries_pkey primary key (user_id, id),
  constraint audit_entries_action_check check (action ~ '^[a-z_]+\.[a-z_]+$'),
  constraint audit_entries_actor_check check (actor = any (array['user', 'operator', 'router', 'system'])),
  constraint audit_entries_user_id_fkey foreign key (user_id) references users(id) on delete cascade,
  constraint audit_entries_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
) partition by range (id);
create index audit_entries_home on audit_entries (user_id, home_id, (imported_at is null), id) where home_id is not null;
create index audit_entries_imported on audit_entries (user_id, id) where imported_at is not null;
create index audit_entries_recorded on audit_entries (user_id, (imported_at is null), id);
create index audit_entries_router on audit_entries (user_id, router_id, (imported_at is null), id);
create trigger audit_entries_event after insert on audit_entries referencing new table as entries for each statement execute function record_audit_events();
create policy home on audit_entries to netpilot_service using (
case
    when ((select current_home_id())) is null or
    case
        when router_id is null then home_id = ((select current_home_id()))
        else router_id = any ((((select seen_routers()))))
    end then true
    else null::boolean
end is not null);
create policy maintenance on audit_entries to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on audit_entries to netpilot_service using (user_id = ((select current_user_id())));
grant insert, select on audit_entries to netpilot_service;

create table commands_servers (
  node varchar(300) not null,
  instance uuid not null,
  seen_at timestamptz not null default now(),
  state varchar(8) not null default 'ready',
  connections integer not null default 0,
  address varchar(300),
  constraint commands_servers_pkey primary key (node),
  constraint commands_servers_instance_key unique (instance),
  constraint commands_servers_connections_check check (connections >= 0),
  constraint commands_servers_state_check check (state = any (array['ready', 'draining']))
);
create policy maintenance on commands_servers to netpilot_owner using ((select maintenance_is_on()));
create policy named on commands_servers for select to netpilot_service using (node = ((select nullif(current_setting('netpilot.node', true), '') as "nullif")));
grant select on commands_servers to netpilot_service;

create table device_addresses (
  user_id uuid not null,
  device_id uuid not null,
  ip inet not null,
  router_id varchar(255) not null,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  is_current boolean not null default false,
  is_online boolean not null default false,
  constraint device_addresses_pkey primary key (user_id, device_id, ip),
  constraint device_addresses_canonical check (not ip <<= '::ffff:0.0.0.0/96'::inet),
  constraint device_addresses_online_is_current check (is_current or not is_online),
  constraint device_addresses_seen_in_order check (first_seen <= last_seen),
  constraint device_addresses_user_id_device_id_fkey foreign key (user_id, device_id) references user_devices(user_id, id) on delete cascade,
  constraint device_addresses_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
) with (fillfactor=80);
create index device_addresses_current on device_addresses (user_id, device_id) where is_current;
create unique index device_addresses_holder on device_addresses (user_id, router_id, ip) where is_current;
create index device_addresses_ip on device_addresses (user_id, router_id, ip);
create policy home on device_addresses to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on device_addresses to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on device_addresses to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on device_addresses to netpilot_service;

create table device_presence (
  user_id uuid not null,
  device_id uuid not null,
  online_at timestamptz not null,
  offline_at timestamptz,
  router_id varchar(255) not null,
  constraint device_presence_pkey primary key (user_id, device_id, online_at),
  constraint device_presence_in_order check (online_at <= offline_at),
  constraint device_presence_user_id_device_id_fkey foreign key (user_id, device_id) references user_devices(user_id, id) on delete cascade,
  constraint device_presence_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create unique index device_presence_open on device_presence (user_id, router_id, device_id) where offline_at is null;
create policy home on device_presence to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on device_presence to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on device_presence to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on device_presence to netpilot_service;

create table event_counters (
  user_id uuid not null,
  last_number bigint not null,
  moved_to smallint,
  moved_at timestamptz,
  constraint event_counters_pkey primary key (user_id),
  constraint event_counters_last_number_check check (last_number > 0),
  constraint event_counters_last_number_exact check (last_number <= '9007199254740991'),
  constraint event_counters_user_id_fkey foreign key (user_id) references users(id) on delete cascade
);
create index event_counters_moved on event_counters (moved_at) where moved_at is not null;
create trigger event_counters_moved before update of last_number on event_counters for each row when (old.moved_to is not null) execute function refuse_moved();
create policy maintenance on event_counters to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on event_counters to netpilot_service using (user_id = ((select current_user_id())));
grant insert, select, update on event_counters to netpilot_service;

create table events (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  number bigint,
  at timestamptz not null default clock_timestamp(),
  type varchar(100) not null,
  router_id varchar(255),
  subject_id varchar(255),
  data jsonb not null default '{}',
  home_id uuid default current_home_id(),
  constraint events_pkey primary key (user_id, id),
  constraint events_number_check check (number > 0),
  constraint events_number_exact check (number <= '9007199254740991'),
  constraint events_type_check check (type ~ '^[a-z_]+\.[a-z_]+$'),
  constraint events_user_id_fkey foreign key (user_id) references users(id) on delete cascade,
  constraint events_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
) partition by range (id);
create index events_number on events (user_id, number);
create index events_router on events (user_id, router_id);
create trigger events_alert after insert on events referencing new table as news for each statement execute function queue_alerts();
create constraint trigger events_number after insert on events deferrable initially deferred for each row when (new.number is null) execute function number_event();
create policy home on events to netpilot_service using (
case
    when ((select current_home_id())) is null or
    case
        when router_id is null then home_id = ((select current_home_id()))
        else router_id = any ((((select seen_routers()))))
    end then true
    else null::boolean
end is not null);
create policy maintenance on events to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on events to netpilot_service using (user_id = ((select current_user_id())));
grant insert, select on events to netpilot_service;
grant update (number) on events to netpilot_service;

create table home_invitations (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  role varchar(10) not null,
  person_id uuid,
  token_hash bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default (now() + '7 days'::interval),
  used_at timestamptz,
  used_by uuid,
  constraint home_invitations_pkey primary key (user_id, id),
  constraint home_invitations_token_hash_key unique (token_hash),
  constraint home_invitations_role_check check (role = any (array['admin', 'viewer', 'child'])),
  constraint home_invitations_token_hash_check check (octet_length(token_hash) = 32),
  constraint home_invitations_used check ((used_at is null) = (used_by is null)),
  constraint home_invitations_user_id_home_id_fkey foreign key (user_id, home_id) references homes(user_id, id) on delete cascade,
  constraint home_invitations_user_id_person_id_fkey foreign key (user_id, person_id) references people(user_id, id) on delete set null (person_id)
);
create index home_invitations_expires_at on home_invitations (expires_at);
create index home_invitations_home on home_invitations (user_id, home_id);
create index home_invitations_person on home_invitations (user_id, person_id) where person_id is not null;
create policy credential on home_invitations for select to netpilot_service using (token_hash = ((select current_credential())));
create policy home on home_invitations to netpilot_service using (
case
    when ((select current_home_id())) is null or home_id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on home_invitations to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on home_invitations to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on home_invitations to netpilot_service;

create table home_members (
  user_id uuid not null,
  home_id uuid not null,
  member_id uuid not null,
  role varchar(10) not null,
  person_id uuid,
  member_name varchar(255) not null,
  member_email varchar(255) not null,
  created_at timestamptz not null default now(),
  constraint home_members_pkey primary key (user_id, home_id, member_id),
  constraint home_members_not_owner check (member_id <> user_id),
  constraint home_members_role_check check (role = any (array['admin', 'viewer', 'child'])),
  constraint home_members_member_id_fkey foreign key (member_id) references users(id) on delete cascade,
  constraint home_members_user_id_home_id_fkey foreign key (user_id, home_id) references homes(user_id, id) on delete cascade,
  constraint home_members_user_id_person_id_fkey foreign key (user_id, person_id) references people(user_id, id) on delete set null (person_id)
);
create unique index home_members_member on home_members (member_id, home_id);
create unique index home_members_person on home_members (user_id, person_id) where person_id is not null;
create trigger home_members_forget_alerts after delete on home_members for each row execute function forget_alerts();
create policy home on home_members to netpilot_service using (
case
    when ((select current_home_id())) is null or home_id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on home_members to netpilot_owner using ((select maintenance_is_on()));
create policy member on home_members for select to netpilot_service using (member_id = ((select current_actor_id())));
create policy tenant on home_members to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on home_members to netpilot_service;

create table homes (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  name varchar(255) not null default 'Home',
  timezone varchar(64),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint homes_pkey primary key (user_id, id),
  constraint homes_id_key unique (id),
  constraint homes_name_check check (name ~ '\S'),
  constraint homes_timezone_check check (timezone <> ''),
  constraint homes_user_id_fkey foreign key (user_id) references users(id) on delete cascade
);
create trigger homes_move_digests after update of timezone on homes for each row when (old.timezone is distinct from new.timezone) execute function move_digests();
create trigger homes_raise after update of timezone on homes for each row when (old.timezone is distinct from new.timezone) execute function raise_changed_home();
create trigger homes_set_updated_at before update on homes for each row execute function set_updated_at();
create policy home on homes to netpilot_service using (
case
    when ((select current_home_id())) is null or id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on homes to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on homes to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on homes to netpilot_service;

create table idempotency_keys (
  user_id uuid not null,
  key varchar(255) not null,
  request_hash bytea not null,
  response_status smallint not null,
  response_location varchar(2000),
  response_body text not null,
  created_at timestamptz not null default now(),
  actor_id uuid not null default current_actor_id(),
  home_id uuid default current_home_id(),
  constraint idempotency_keys_pkey primary key (user_id, actor_id, key),
  constraint idempotency_keys_request_hash_check check (octet_length(request_hash) = 32),
  constraint idempotency_keys_user_id_fkey foreign key (user_id) references users(id) on delete cascade
);
create index idempotency_keys_created_at on idempotency_keys (created_at);
create policy home on idempotency_keys to netpilot_service using (
case
    when ((select current_home_id())) is null or home_id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on idempotency_keys to netpilot_owner using ((select maintenance_is_on()));
create policy sender on idempotency_keys to netpilot_service using (actor_id = ((select current_actor_id())));
create policy tenant on idempotency_keys to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on idempotency_keys to netpilot_service;

create table import_rejects (
  id uuid not null default uuid_v7(),
  user_id uuid not null,
  import_id uuid not null,
  router_id varchar(255) not null,
  file varchar(255) not null,
  record_key varchar(255) not null,
  field varchar(255) not null,
  value text,
  reason text not null,
  record text not null,
  constraint import_rejects_pkey primary key (user_id, id),
  constraint import_rejects_user_id_import_id_fkey foreign key (user_id, import_id) references imports(user_id, id) on delete cascade,
  constraint import_rejects_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create index import_rejects_import on import_rejects (user_id, import_id);
create policy home on import_rejects to netpilot_service using (
case
    when ((select current_home_id())) is null or ((select current_actor_id())) = ((select current_user_id())) and (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on import_rejects to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on import_rejects to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on import_rejects to netpilot_service;

create table imports (
  id uuid not null default uuid_v7(),
  user_id uuid not null,
  router_id varchar(255) not null,
  created_at timestamptz not null default now(),
  report jsonb not null,
  constraint imports_pkey primary key (user_id, id),
  constraint imports_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create policy home on imports to netpilot_service using (
case
    when ((select current_home_id())) is null or ((select current_actor_id())) = ((select current_user_id())) and (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on imports to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on imports to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on imports to netpilot_service;

create table invitations (
  email varchar(255) not null,
  created_at timestamptz not null default now(),
  constraint invitations_pkey primary key (email),
  constraint invitations_email_format check (email = lower(email) and email ~ '^[^@[:space:]]+@[^@[:space:]]+$')
);
create policy maintenance on invitations to netpilot_owner using ((select maintenance_is_on()));
create policy sign_in on invitations to netpilot_service using (email = nullif(current_setting('netpilot.sign_in_email', true), ''));
grant delete, select on invitations to netpilot_service;

create table local_sign_in_links (
  token_hash bytea not null,
  email varchar(255) not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint local_sign_in_links_pkey primary key (token_hash),
  constraint local_sign_in_links_token_hash_check check (octet_length(token_hash) = 32)
);
create policy credential on local_sign_in_links to netpilot_service using (token_hash = ((select current_credential())));
create policy maintenance on local_sign_in_links to netpilot_owner using ((select maintenance_is_on()));
grant delete, insert, select on local_sign_in_links to netpilot_service;

create table moved_secrets (
  hash bytea not null,
  cell smallint not null,
  until timestamptz,
  constraint moved_secrets_pkey primary key (hash),
  constraint moved_secrets_cell_check check (cell > 0),
  constraint moved_secrets_hash_check check (octet_length(hash) = 32)
);
create policy credential on moved_secrets for select to netpilot_service using (hash = ((select current_credential())));
create policy maintenance on moved_secrets to netpilot_owner using ((select maintenance_is_on()));
grant select on moved_secrets to netpilot_service;

create table pairing_codes (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  code_hash bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default (now() + '00:10:00'::interval),
  used_at timestamptz,
  router_id varchar(255),
  fetched_at timestamptz,
  home_id uuid default current_home_id(),
  constraint pairing_codes_pkey primary key (user_id, id),
  constraint pairing_codes_code_hash_key unique (code_hash),
  constraint pairing_codes_code_hash_check check (octet_length(code_hash) = 32),
  constraint pairing_codes_used_for_a_router check ((used_at is null) = (router_id is null)),
  constraint pairing_codes_user_id_fkey foreign key (user_id) references users(id) on delete cascade,
  constraint pairing_codes_user_id_home_id_fkey foreign key (user_id, home_id) references homes(user_id, id) on delete cascade,
  constraint pairing_codes_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create index pairing_codes_expires_at on pairing_codes (expires_at);
create index pairing_codes_home on pairing_codes (user_id, home_id) where home_id is not null;
create index pairing_codes_router on pairing_codes (user_id, router_id);
create policy credential on pairing_codes for select to netpilot_service using (code_hash = ((select current_credential())));
create policy home on pairing_codes to netpilot_service using (
case
    when ((select current_home_id())) is null or home_id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on pairing_codes to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on pairing_codes to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on pairing_codes to netpilot_service;

create table people (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  name varchar(255) not null,
  colour varchar(10) not null default 'blue',
  picture bytea,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint people_pkey primary key (user_id, id),
  constraint people_name_check check (name ~ '\S'),
  constraint people_picture_check check (octet_length(picture) <= 262144),
  constraint people_user_id_home_id_fkey foreign key (user_id, home_id) references homes(user_id, id) on delete cascade
);
create unique index people_name on people (user_id, home_id, lower(name));
create trigger people_raise before delete on people for each row execute function raise_changed_home();
create trigger people_set_updated_at before update on people for each row execute function set_updated_at();
create policy home on people to netpilot_service using (
case
    when ((select current_home_id())) is null or home_id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on people to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on people to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on people to netpilot_service;

create table router_dials (
  user_id uuid not null,
  router_id varchar(255) not null,
  host_key text not null,
  client_key text not null,
  sealed_client_key bytea not null,
  problem varchar(20),
  claimed_by varchar(300),
  claimed_until timestamptz,
  created_at timestamptz not null default now(),
  constraint router_dials_pkey primary key (user_id, router_id),
  constraint router_dials_claim check ((claimed_by is null) = (claimed_until is null)),
  constraint router_dials_client_key_check check (client_key ~ '^ssh-(ed25519 [A-Za-z0-9+/]{68}|rsa [A-Za-z0-9+/]+={0,2})$' and length(client_key) <= 1500),
  constraint router_dials_host_key_check check (host_key ~ '^ssh-(ed25519 [A-Za-z0-9+/]{68}|rsa [A-Za-z0-9+/]+={0,2})$' and length(host_key) <= 1500),
  constraint router_dials_problem_check check (problem = any (array['no-address', 'not-allowed', 'unreachable', 'other-host-key', 'key-refused', 'key-sealed'])),
  constraint router_dials_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create trigger router_dials_notify after insert or update of client_key on router_dials for each row execute function notify_router();
create policy home on router_dials to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on router_dials to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on router_dials to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on router_dials to netpilot_service;

create table router_facts (
  user_id uuid not null,
  router_id varchar(255) not null,
  reported_at timestamptz not null default now(),
  model varchar(255),
  release varchar(255),
  booted_at timestamptz not null,
  load real not null,
  memory_total bigint not null,
  memory_available bigint not null,
  internet varchar(4) not null,
  public_ip4 inet,
  public_ip6 inet,
  offloading varchar(8) not null,
  constraint router_facts_pkey primary key (user_id, router_id),
  constraint router_facts_internet_check check (internet = any (array['up', 'down', 'none'])),
  constraint router_facts_load_check check (load >= 0::double precision),
  constraint router_facts_memory_available_check check (memory_available >= 0),
  constraint router_facts_memory_total_check check (memory_total >= 0),
  constraint router_facts_offloading_check check (offloading = any (array['off', 'software', 'hardware'])),
  constraint router_facts_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create policy home on router_facts to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on router_facts to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on router_facts to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on router_facts to netpilot_service;

create table router_health (
  user_id uuid not null,
  router_id varchar(255) not null,
  target inet not null,
  measured_at timestamptz not null default now(),
  loss smallint not null,
  round_trip real,
  failed smallint not null default 0,
  failed_since timestamptz,
  constraint router_health_pkey primary key (user_id, router_id, target),
  constraint router_health_failed check ((failed = 0) = (failed_since is null)),
  constraint router_health_failed_check check (failed >= 0),
  constraint router_health_loss_check check (loss >= 0 and loss <= 100),
  constraint router_health_round_trip_check check (round_trip >= 0::double precision),
  constraint router_health_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create policy home on router_health to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on router_health to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on router_health to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on router_health to netpilot_service;

create table router_health_hours (
  user_id uuid not null,
  router_id varchar(255) not null,
  hour timestamptz not null,
  minutes smallint not null default 5,
  steps real[] not null,
  constraint router_health_hours_pkey primary key (user_id, router_id, hour),
  constraint router_health_hours_steps check ((minutes = any (array[5, 60])) and cardinality(steps) = (5 * 60 / minutes)),
  constraint router_health_hours_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
) with (fillfactor=80);
create index router_health_hours_thinned on router_health_hours (minutes, hour);
create policy home on router_health_hours to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on router_health_hours to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on router_health_hours to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on router_health_hours to netpilot_service;

create table router_keys (
  user_id uuid not null,
  router_id varchar(255),
  fingerprint bytea not null,
  public_key text not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  constraint router_keys_pkey primary key (user_id, fingerprint),
  constraint router_keys_fingerprint_key unique (fingerprint),
  constraint router_keys_fingerprint_check check (octet_length(fingerprint) = 32),
  constraint router_keys_public_key_check check (public_key ~ '^ssh-(ed25519 [A-Za-z0-9+/]{68}|rsa [A-Za-z0-9+/]+={0,2})$' and length(public_key) <= 1500),
  constraint router_keys_user_id_fkey foreign key (user_id) references users(id) on delete cascade,
  constraint router_keys_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete set null (router_id)
);
create unique index router_keys_current on router_keys (user_id, router_id) where revoked_at is null;
create index router_keys_revoked on router_keys (user_id, router_id) where revoked_at is not null;
create index router_keys_router on router_keys (user_id, router_id);
create trigger router_keys_notify_revoked after update of revoked_at on router_keys for each row when (old.revoked_at is distinct from new.revoked_at) execute function notify_router();
create policy credential on router_keys for select to netpilot_service using (fingerprint = ((select current_credential())));
create policy home on router_keys to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on router_keys to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on router_keys to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on router_keys to netpilot_service;

create table router_outages (
  user_id uuid not null,
  router_id varchar(255) not null,
  from_at timestamptz not null,
  kind varchar(13) not null,
  until_at timestamptz,
  constraint router_outages_pkey primary key (user_id, router_id, from_at, kind),
  constraint router_outages_in_order check (from_at <= until_at),
  constraint router_outages_kind_check check (kind = any (array['away', 'internet_down'])),
  constraint router_outages_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create unique index router_outages_open on router_outages (user_id, router_id) where until_at is null;
create index router_outages_until_at on router_outages (until_at);
create policy home on router_outages to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on router_outages to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on router_outages to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on router_outages to netpilot_service;

create table router_policies (
  user_id uuid not null,
  router_id varchar(255) not null,
  mode varchar(20) not null default 'none',
  whitelist_limit_rate bigint default 50000000,
  whitelist_full_rate bigint,
  blacklist_limit_rate bigint default 50000000,
  blacklist_full_rate bigint,
  policy_revision bigint not null default 1,
  applied_revision bigint not null default 0,
  applied_at timestamptz,
  updated_at timestamptz not null default now(),
  refused_revision bigint,
  refused_reason varchar(20),
  refused_lines jsonb not null default '[]',
  pending_since timestamptz,
  constraint router_policies_pkey primary key (user_id, router_id),
  constraint router_policies_blacklist_full_rate_check check (blacklist_full_rate > 0),
  constraint router_policies_blacklist_limit_rate_check check (blacklist_limit_rate >= 0),
  constraint router_policies_check check (applied_revision <= policy_revision),
  constraint router_policies_mode_check check (mode = any (array['none', 'whitelist', 'blacklist'])),
  constraint router_policies_pending_since check ((pending_since is null) = (applied_revision = policy_revision)),
  constraint router_policies_rates_exact check (greatest(whitelist_limit_rate, whitelist_full_rate, blacklist_limit_rate, blacklist_full_rate) <= '9007199254740991'),
  constraint router_policies_refused check ((refused_revision is null) = (refused_reason is null)),
  constraint router_policies_refused_reason_check check (refused_reason = any (array['incomplete', 'invalid', 'nft', 'storage', 'too-long'])),
  constraint router_policies_revisions_exact check (greatest(policy_revision, applied_revision, refused_revision) <= '9007199254740991'),
  constraint router_policies_whitelist_full_rate_check check (whitelist_full_rate > 0),
  constraint router_policies_whitelist_limit_rate_check check (whitelist_limit_rate >= 0),
  constraint router_policies_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create index router_policies_pending_since on router_policies (pending_since) where pending_since is not null;
create trigger router_policies_note_pending before insert or update of policy_revision, applied_revision on router_policies for each row execute function note_pending_policy();
create trigger router_policies_notify after update of policy_revision on router_policies for each row when (old.policy_revision <> new.policy_revision) execute function notify_router();
create trigger router_policies_pending after update of policy_revision on router_policies for each row when (new.policy_revision > old.policy_revision) execute function record_pending_policy();
create trigger router_policies_set_updated_at before update on router_policies for each row execute function set_updated_at();
create policy home on router_policies to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on router_policies to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on router_policies to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on router_policies to netpilot_service;

create table router_usage (
  user_id uuid not null,
  router_id varchar(255) not null,
  measured_at timestamptz not null default now(),
  milliseconds bigint not null,
  counting varchar(7) not null,
  devices jsonb not null,
  source uuid not null default gen_random_uuid(),
  number bigint not null default 0,
  hours_until timestamptz not null default date_trunc('minute', now()),
  days_until timestamptz not null default date_trunc('minute', now()),
  constraint router_usage_pkey primary key (user_id, router_id),
  constraint router_usage_counting_check check (counting = any (array['counted', 'partly'])),
  constraint router_usage_devices_check check (jsonb_typeof(devices) = 'array'),
  constraint router_usage_milliseconds_check check (milliseconds > 0),
  constraint router_usage_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
) with (fillfactor=50);
create index router_usage_hours_until on router_usage (hours_until);
create policy home on router_usage to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on router_usage to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on router_usage to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on router_usage to netpilot_service;

create table server_keys (
  credential_hash bytea not null,
  purpose varchar(50) not null,
  public_key text not null,
  sealed_key bytea not null,
  created_at timestamptz not null default now(),
  constraint server_keys_pkey primary key (credential_hash),
  constraint server_keys_purpose_key unique (purpose),
  constraint server_keys_credential_hash_check check (octet_length(credential_hash) = 32)
);
create policy credential on server_keys to netpilot_service using (credential_hash = ((select current_credential())));
create policy maintenance on server_keys to netpilot_owner using ((select maintenance_is_on()));
grant insert, select on server_keys to netpilot_service;

create table sign_in_attempts (
  state_hash bytea not null,
  nonce varchar(255) not null,
  code_verifier varchar(255) not null,
  return_to varchar(500) not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  is_fresh boolean not null default false,
  for_user uuid,
  constraint sign_in_attempts_pkey primary key (state_hash),
  constraint sign_in_attempts_state_hash_check check (octet_length(state_hash) = 32)
);
create index sign_in_attempts_expires_at on sign_in_attempts (expires_at);
create policy credential on sign_in_attempts to netpilot_service using (state_hash = ((select current_credential())));
create policy maintenance on sign_in_attempts to netpilot_owner using ((select maintenance_is_on()));
grant delete, insert, select on sign_in_attempts to netpilot_service;

create table usage_days (
  user_id uuid not null,
  router_id varchar(255) not null,
  day date not null,
  is_partial boolean not null,
  macs macaddr[] not null,
  down bigint[] not null,
  up bigint[] not null,
  constraint usage_days_pkey primary key (user_id, router_id, day),
  constraint usage_days_arrays check (cardinality(macs) = cardinality(down) and cardinality(macs) = cardinality(up)),
  constraint usage_days_user_id_router_id_fkey foreign key (user_id, router_id) references router_usage(user_id, router_id) on update cascade on delete cascade
);
create policy home on usage_days to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on usage_days to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on usage_days to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on usage_days to netpilot_service;

create table usage_hours (
  user_id uuid not null,
  router_id varchar(255) not null,
  at timestamptz not null,
  is_partial boolean not null,
  macs macaddr[] not null,
  down bigint[] not null,
  up bigint[] not null,
  constraint usage_hours_pkey primary key (user_id, router_id, at),
  constraint usage_hours_arrays check (cardinality(macs) = cardinality(down) and cardinality(macs) = cardinality(up)),
  constraint usage_hours_user_id_router_id_fkey foreign key (user_id, router_id) references router_usage(user_id, router_id) on update cascade on delete cascade
);
create policy home on usage_hours to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on usage_hours to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on usage_hours to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on usage_hours to netpilot_service;

create table usage_minutes (
  user_id uuid not null,
  router_id varchar(255) not null,
  at timestamptz not null,
  is_partial boolean not null,
  macs macaddr[] not null,
  down bigint[] not null,
  up bigint[] not null,
  constraint usage_minutes_pkey primary key (user_id, router_id, at),
  constraint usage_minutes_arrays check (cardinality(macs) = cardinality(down) and cardinality(macs) = cardinality(up)),
  constraint usage_minutes_user_id_router_id_fkey foreign key (user_id, router_id) references router_usage(user_id, router_id) on update cascade on delete cascade
);
create policy home on usage_minutes to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on usage_minutes to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on usage_minutes to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on usage_minutes to netpilot_service;

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
  constraint user_blacklists_pkey primary key (user_id, id),
  constraint user_blacklists_address_canonical check (not device_ip <<= '::ffff:0.0.0.0/96'::inet),
  constraint user_blacklists_user_id_device_id_fkey foreign key (user_id, device_id) references user_devices(user_id, id) on delete set null (device_id),
  constraint user_blacklists_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create index user_blacklists_device on user_blacklists (user_id, device_id);
create unique index user_blacklists_ip on user_blacklists (user_id, router_id, device_ip) where device_mac is null;
create unique index user_blacklists_mac on user_blacklists (user_id, router_id, device_mac) where device_mac is not null;
create index user_blacklists_router on user_blacklists (user_id, router_id, id);
create trigger user_blacklists_set_updated_at before update on user_blacklists for each row execute function set_updated_at();
create policy home on user_blacklists to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on user_blacklists to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on user_blacklists to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on user_blacklists to netpilot_service;

create table user_blocked_devices (
  id uuid not null default uuid_v7(),
  user_id uuid not null,
  router_id varchar(255) not null,
  device_id uuid,
  device_ip inet not null,
  device_mac macaddr,
  block_type varchar(50) not null default 'manual',
  blocked_at timestamptz not null default now(),
  unblocked_at timestamptz,
  is_active boolean not null default true,
  constraint user_blocked_devices_pkey primary key (user_id, id),
  constraint user_blocked_devices_address_canonical check (not device_ip <<= '::ffff:0.0.0.0/96'::inet),
  constraint user_blocked_devices_block_type_check check (block_type = any (array['manual', 'whitelist', 'blacklist'])),
  constraint user_blocked_devices_ended check (is_active = (unblocked_at is null)),
  constraint user_blocked_devices_in_order check (unblocked_at >= blocked_at),
  constraint user_blocked_devices_user_id_device_id_fkey foreign key (user_id, device_id) references user_devices(user_id, id) on delete set null (device_id),
  constraint user_blocked_devices_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create index user_blocked_devices_active on user_blocked_devices (user_id, router_id, is_active);
create unique index user_blocked_devices_active_ip on user_blocked_devices (user_id, router_id, device_ip) where is_active and device_mac is null;
create unique index user_blocked_devices_active_mac on user_blocked_devices (user_id, router_id, device_mac) where is_active and device_mac is not null;
create index user_blocked_devices_device on user_blocked_devices (user_id, device_id);
create policy home on user_blocked_devices to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on user_blocked_devices to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on user_blocked_devices to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on user_blocked_devices to netpilot_service;

create table user_devices (
  id uuid not null default uuid_v7(),
  user_id uuid not null,
  router_id varchar(255) not null,
  ip inet not null,
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
  merged_into uuid,
  shown_as uuid,
  recognised_ip inet,
  imported_at timestamptz,
  place jsonb,
  wake_wanted_at timestamptz,
  person_id uuid,
  reviewed_at timestamptz,
  constraint user_devices_pkey primary key (user_id, id),
  constraint user_devices_user_id_router_id_mac_key unique (user_id, router_id, mac),
  constraint user_devices_addresses_canonical check (not coalesce(ip <<= '::ffff:0.0.0.0/96'::inet or recognised_ip <<= '::ffff:0.0.0.0/96'::inet, false)),
  constraint user_devices_ip_check check (masklen(ip) = case family(ip) when 4 then 32 else 128 end),
  constraint user_devices_merged check ((merged_into is null) = (shown_as is null) and merged_into <> id and shown_as <> id),
  constraint user_devices_part_rests check (shown_as is null or not (holds_ip or is_online)),
  constraint user_devices_place_check check (jsonb_typeof(place) = 'object'),
  constraint user_devices_recognised_ip_check check (masklen(recognised_ip) = case family(recognised_ip) when 4 then 32 else 128 end),
  constraint user_devices_seen_in_order check (first_seen <= last_seen),
  constraint user_devices_user_id_merged_into_fkey foreign key (user_id, merged_into) references user_devices(user_id, id) on delete cascade,
  constraint user_devices_user_id_person_id_fkey foreign key (user_id, person_id) references people(user_id, id) on delete set null (person_id),
  constraint user_devices_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade,
  constraint user_devices_user_id_shown_as_fkey foreign key (user_id, shown_as) references user_devices(user_id, id) on delete cascade
);
create unique index user_devices_ip_holder on user_devices (user_id, router_id, ip) where holds_ip;
create index user_devices_last_seen on user_devices (user_id, router_id, last_seen, id);
create index user_devices_merged_into on user_devices (user_id, merged_into) where merged_into is not null;
create index user_devices_person on user_devices (user_id, person_id) where person_id is not null;
create index user_devices_recognised on user_devices (user_id, router_id, recognised_ip) where recognised_ip is not null;
create index user_devices_shown_as on user_devices (user_id, shown_as) where shown_as is not null;
create index user_devices_wake on user_devices (user_id, router_id) where wake_wanted_at is not null;
create trigger user_devices_notify_ask after update of wake_wanted_at on user_devices for each row when (new.wake_wanted_at is not null and old.wake_wanted_at is distinct from new.wake_wanted_at) execute function notify_router('ask');
create trigger user_devices_set_updated_at before update on user_devices for each row execute function set_updated_at();
create policy home on user_devices to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on user_devices to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on user_devices to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on user_devices to netpilot_service;

create table user_routers (
  id uuid not null default uuid_v7(),
  user_id uuid not null,
  router_id varchar(255) not null,
  router_name varchar(255),
  router_ip inet,
  tunnel_port integer,
  cloud_vm_ip inet,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  last_seen timestamptz,
  is_active boolean not null default true,
  is_connected boolean not null default false,
  connected_at timestamptz,
  connected_node varchar(300),
  connection_id uuid,
  agent_version varchar(32),
  limiter varchar(3),
  lan_mac macaddr,
  scan_wanted_at timestamptz,
  scanned_at timestamptz,
  agent_features varchar(16)[],
  devices_seen_at timestamptz,
  update_version varchar(32),
  update_state varchar(20),
  usage_wanted_until timestamptz,
  health_targets inet[],
  home_id uuid not null,
  clock varchar(8),
  connections integer not null default 0,
  connections_since timestamptz,
  rival_lan_mac macaddr,
  rival_seen_at timestamptz,
  is_asked boolean not null default false,
  constraint user_routers_pkey primary key (user_id, id),
  constraint user_routers_user_id_router_id_key unique (user_id, router_id),
  constraint user_routers_addresses_canonical check (not coalesce(router_ip <<= '::ffff:0.0.0.0/96'::inet or cloud_vm_ip <<= '::ffff:0.0.0.0/96'::inet, false)),
  constraint user_routers_clock_check check (clock = any (array['trusted', 'held', 'repeated'])),
  constraint user_routers_connection check (is_connected = (connection_id is not null)),
  constraint user_routers_connections_check check (connections >= 0),
  constraint user_routers_limiter_check check (limiter = any (array['nft', 'tc'])),
  constraint user_routers_rival check ((rival_lan_mac is null) = (rival_seen_at is null)),
  constraint user_routers_router_id_check check (router_id ~ '^[A-Za-z0-9][A-Za-z0-9._:-]*$'),
  constraint user_routers_tunnel_port_check check (tunnel_port >= 1 and tunnel_port <= 65535),
  constraint user_routers_update check ((update_version is null) = (update_state is null)),
  constraint user_routers_user_id_fkey foreign key (user_id) references users(id) on delete cascade,
  constraint user_routers_user_id_home_id_fkey foreign key (user_id, home_id) references homes(user_id, id)
);
create index user_routers_connected_node on user_routers (connected_node) where is_connected;
create index user_routers_home on user_routers (user_id, home_id);
create index user_routers_router_id on user_routers (router_id);
create index user_routers_wanted on user_routers (user_id, router_id) where is_asked or scan_wanted_at is not null or update_state = 'wanted';
create trigger user_routers_create_policy after insert on user_routers for each row execute function create_router_policy();
create trigger user_routers_note_ask before update of usage_wanted_until, health_targets on user_routers for each row when (old.usage_wanted_until is distinct from new.usage_wanted_until or old.health_targets is distinct from new.health_targets) execute function note_ask();
create trigger user_routers_notify_ask after update of usage_wanted_until, health_targets on user_routers for each row when (old.usage_wanted_until is distinct from new.usage_wanted_until or old.health_targets is distinct from new.health_targets) execute function notify_router('ask');
create trigger user_routers_notify_deleted after delete on user_routers for each row execute function notify_router();
create trigger user_routers_notify_moved after update of router_ip, tunnel_port on user_routers for each row when (old.router_ip is distinct from new.router_ip or old.tunnel_port is distinct from new.tunnel_port) execute function notify_router();
create trigger user_routers_notify_replaced after update of connection_id on user_routers for each row when (old.connection_id <> new.connection_id) execute function notify_router();
create trigger user_routers_notify_scan after update of scan_wanted_at on user_routers for each row when (new.scan_wanted_at is not null and old.scan_wanted_at is null) execute function notify_router();
create trigger user_routers_notify_unlinked after update of is_active on user_routers for each row when (old.is_active <> new.is_active) execute function notify_router();
create trigger user_routers_notify_update after update of update_state on user_routers for each row when (new.update_state = 'wanted' and old.update_state is distinct from new.update_state) execute function notify_router();
create trigger user_routers_place_in_home before insert on user_routers for each row execute function place_router_in_home();
create trigger user_routers_raise after update of home_id on user_routers for each row when (old.home_id is distinct from new.home_id) execute function raise_changed_home();
create trigger user_routers_set_updated_at before update on user_routers for each row execute function set_updated_at();
create policy home on user_routers to netpilot_service using (
case
    when ((select current_home_id())) is null or home_id = ((select current_home_id())) then true
    else null::boolean
end is not null);
create policy maintenance on user_routers to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on user_routers to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on user_routers to netpilot_service;

create table user_sessions (
  id uuid not null default uuid_v7(),
  user_id uuid not null,
  session_id varchar(255) not null,
  token_hash bytea not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  user_agent varchar(500),
  ip_address inet,
  is_active boolean not null default true,
  token_name varchar(255),
  scopes varchar(20)[],
  router_id varchar(255),
  created_by varchar(255),
  authenticated_at timestamptz,
  constraint user_sessions_pkey primary key (user_id, id),
  constraint user_sessions_session_id_key unique (session_id),
  constraint user_sessions_token_hash_key unique (token_hash),
  constraint user_sessions_authenticated check (token_name is null or authenticated_at is null),
  constraint user_sessions_of_router check (router_id is null or ('account' <> all (scopes))),
  constraint user_sessions_scopes check ((scopes is null) = (token_name is null) and scopes <@ array['read', 'control', 'manage', 'account'] and ('read' = any (scopes))),
  constraint user_sessions_token_hash_check check (octet_length(token_hash) = 32),
  constraint user_sessions_token_name_check check (token_name <> ''),
  constraint user_sessions_within_bounds check (expires_at <= (created_at + case when token_name is null then '7 days'::interval else '366 days'::interval end)),
  constraint user_sessions_user_id_fkey foreign key (user_id) references users(id) on delete cascade,
  constraint user_sessions_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create index user_sessions_created_by on user_sessions (user_id, created_by) where created_by is not null;
create index user_sessions_expires_at on user_sessions (expires_at);
create index user_sessions_router on user_sessions (user_id, router_id) where router_id is not null;
create trigger user_sessions_ended after delete or update of is_active on user_sessions for each row execute function announce_ended_session();
create policy credential on user_sessions for select to netpilot_service using (token_hash = ((select current_credential())));
create policy home on user_sessions to netpilot_service using (
case
    when ((select current_home_id())) is null or false then true
    else null::boolean
end is not null);
create policy maintenance on user_sessions to netpilot_owner using ((select maintenance_is_on()));
create policy named on user_sessions for select to netpilot_service using (session_id = ((select nullif(current_setting('netpilot.session_name', true), '') as "nullif")));
create policy tenant on user_sessions to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on user_sessions to netpilot_service;

create table user_settings (
  id uuid not null default uuid_v7(),
  user_id uuid not null,
  router_id varchar(255),
  setting_key varchar(100) not null,
  setting_value jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint user_settings_pkey primary key (user_id, id),
  constraint user_settings_user_id_router_id_setting_key_key unique nulls not distinct (user_id, router_id, setting_key),
  constraint user_settings_setting_key_check check (setting_key ~ '^[a-z][a-z0-9_.-]*$'),
  constraint user_settings_user_id_fkey foreign key (user_id) references users(id) on delete cascade,
  constraint user_settings_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create trigger user_settings_set_updated_at before update on user_settings for each row execute function set_updated_at();
create policy home on user_settings to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on user_settings to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on user_settings to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on user_settings to netpilot_service;

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
  constraint user_whitelists_pkey primary key (user_id, id),
  constraint user_whitelists_address_canonical check (not device_ip <<= '::ffff:0.0.0.0/96'::inet),
  constraint user_whitelists_user_id_device_id_fkey foreign key (user_id, device_id) references user_devices(user_id, id) on delete set null (device_id),
  constraint user_whitelists_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers(user_id, router_id) on update cascade on delete cascade
);
create index user_whitelists_device on user_whitelists (user_id, device_id);
create unique index user_whitelists_ip on user_whitelists (user_id, router_id, device_ip) where device_mac is null;
create unique index user_whitelists_mac on user_whitelists (user_id, router_id, device_mac) where device_mac is not null;
create index user_whitelists_router on user_whitelists (user_id, router_id, id);
create trigger user_whitelists_set_updated_at before update on user_whitelists for each row execute function set_updated_at();
create policy home on user_whitelists to netpilot_service using (
case
    when ((select current_home_id())) is null or (router_id = any ((((select seen_routers()))))) then true
    else null::boolean
end is not null);
create policy maintenance on user_whitelists to netpilot_owner using ((select maintenance_is_on()));
create policy tenant on user_whitelists to netpilot_service using (user_id = ((select current_user_id())));
grant delete, insert, select, update on user_whitelists to netpilot_service;

create table users (
  id uuid not null default uuid_v7(),
  google_id varchar(255),
  issuer varchar(500),
  email varchar(255) not null,
  full_name varchar(255),
  avatar_url varchar(500),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  last_login timestamptz,
  is_active boolean not null default true,
  constraint users_pkey primary key (id),
  constraint users_email_key unique (email),
  constraint users_google_id_key unique (google_id),
  constraint users_email_format check (email = lower(email) and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  constraint users_identity_has_issuer check ((google_id is null) = (issuer is null))
);
create index users_inactive on users (id) where not is_active;
create trigger users_create_home after insert on users for each row execute function create_first_home();
create trigger users_deactivated after update of is_active on users for each row when (old.is_active and not new.is_active) execute function end_sessions_of_inactive_user();
create trigger users_name_members after update of full_name, email on users for each row when (old.full_name is distinct from new.full_name or old.email <> new.email) execute function keep_member_names();
create trigger users_set_updated_at before update on users for each row execute function set_updated_at();
create policy home on users to netpilot_service using (
case
    when ((select current_home_id())) is null or false then true
    else null::boolean
end is not null);
create policy maintenance on users to netpilot_owner using ((select maintenance_is_on()));
create policy sign_in on users for select to netpilot_service using (google_id = nullif(current_setting('netpilot.sign_in_subject', true), '') or email = nullif(current_setting('netpilot.sign_in_email', true), ''));
create policy tenant on users to netpilot_service using (id = ((select current_user_id())));
grant delete, insert, select, update on users to netpilot_service;

create view devices_now with (security_invoker=true) as
 select d.user_id,
    d.id,
    d.router_id,
    d.ip,
    d.holds_ip,
    d.mac,
    d.hostname,
    d.device_name,
    d.device_type,
    d.manufacturer,
    d.first_seen,
        case
            when d.is_online then greatest(d.last_seen, r.devices_seen_at)
            else d.last_seen
        end as last_seen,
    d.is_online and (r.is_connected or r.last_seen is null) as is_online,
        case
            when not r.is_connected then r.last_seen
            else null::timestamptz
        end as unknown_since,
    d.is_router,
    d.shown_as,
    d.place,
    r.home_id,
    d.person_id,
    d.reviewed_at is null and not d.is_router as is_new
   from user_devices d
     join user_routers r on r.user_id = d.user_id and r.router_id = d.router_id;
grant select on devices_now to netpilot_service;

create view policy_targets with (security_invoker=true) as
 select 'whitelist' as kind,
    user_whitelists.user_id,
    user_whitelists.router_id,
    user_whitelists.id,
    user_whitelists.device_id,
    user_whitelists.device_ip,
    user_whitelists.device_mac,
    true as is_active
   from user_whitelists
union all
 select 'blacklist' as kind,
    user_blacklists.user_id,
    user_blacklists.router_id,
    user_blacklists.id,
    user_blacklists.device_id,
    user_blacklists.device_ip,
    user_blacklists.device_mac,
    user_blacklists.is_active
   from user_blacklists
union all
 select 'block' as kind,
    user_blocked_devices.user_id,
    user_blocked_devices.router_id,
    user_blocked_devices.id,
    user_blocked_devices.device_id,
    user_blocked_devices.device_ip,
    user_blocked_devices.device_mac,
    user_blocked_devices.is_active
   from user_blocked_devices;
grant select on policy_targets to netpilot_service;

-- The functions, each in its file of functions/:
-- add_partition(of_table regclass, partition_name name, from_id uuid, to_id uuid) returns void
-- announce_ended_session() returns trigger
-- authenticate(presented_hash bytea, presented_as varchar default null, chosen_home uuid default null::uuid, may_write boolean default true) returns table(user_id uuid, session_row_id uuid, session_id varchar, created_at timestamptz, expires_at timestamptz, last_used_at timestamptz, token_name varchar, scopes varchar[], router_id varchar, authenticated_at timestamptz, email varchar, actor_id uuid, home_id uuid, role varchar, person_id uuid, actor_name varchar, owner_name varchar)
-- begin_away(owner_id uuid, at_router varchar, at_time timestamptz) returns void
-- begin_lease(of_node varchar, of_instance uuid) returns integer
-- canonical_address(address inet) returns inet
-- claim_addresses(owner_id uuid, at_router varchar, at_time timestamptz, scanned_before timestamptz, is_complete boolean, seen_ids uuid[], seen_ips inet[], seen_online boolean[]) returns uuid[]
-- claim_alert_channels(worker uuid, seconds integer, most integer, has_failed boolean) returns table(user_id uuid, home_id uuid, id uuid, member_id uuid)
-- claim_dials(node varchar, seconds integer) returns table(user_id uuid, router_id varchar)
-- confirm_revisions(confirmed jsonb, longest_wait text default null) returns table(place integer, waited double precision, was_connected boolean)
-- connect_router(by_node varchar, of_user uuid, of_router varchar, said jsonb) returns table(health_targets text[], is_asked boolean, is_scanned boolean)
-- connected_anew(users uuid[], routers varchar[], sent uuid[]) returns table(connection_id uuid)
-- create_first_home() returns trigger
-- create_router_policy() returns trigger
-- current_actor_id() returns uuid
-- current_credential() returns bytea
-- current_home_id() returns uuid
-- current_user_id() returns uuid
-- delete_expired() returns table(deleted_from text, deleted bigint)
-- desired_states(asked jsonb) returns table(place integer, policy_revision bigint, applied_revision bigint, connection_id uuid, is_key_current boolean, is_scan_wanted boolean, wanted_update varchar, mode varchar, whitelist_limit_rate bigint, whitelist_full_rate bigint, blacklist_limit_rate bigint, blacklist_full_rate bigint, applied_at bigint, has_ended boolean, home_id uuid, home jsonb, blocks jsonb, listed jsonb, own text[])
-- due_alerts(most integer) returns table(user_id uuid, home_id uuid, member_id uuid)
-- end_away(owner_id uuid, at_router varchar) returns void
-- end_connections(of_node varchar, heard timestamptz, is_own boolean, most integer, unseen_since timestamptz default null::timestamptz) returns integer
-- end_lease(of_node varchar, of_instance uuid) returns void
-- end_lost_connections(by_node varchar default null) returns integer
-- end_presence(owner_id uuid, at_router varchar, at_time timestamptz) returns void
-- end_sessions_of_inactive_user() returns trigger
-- ended_connections(of_node varchar, held uuid[]) returns table(connection_id uuid, fingerprint text)
-- enter_home(user_who_acts uuid, chosen_home uuid) returns table(owner_id uuid, home_id uuid, role varchar, person_id uuid, actor_name varchar, owner_name varchar)
-- find_devices(owner_id uuid, at_router varchar, seen_macs macaddr[]) returns uuid[]
-- finish_scan(of_user uuid, of_router varchar, of_connection uuid default null::uuid, seen_at timestamptz default null::timestamptz) returns void
-- first_id_at(instant timestamptz) returns uuid
-- follow_router(of_user uuid, of_router varchar, to_home uuid) returns void
-- forget_alerts() returns trigger
-- has_rules(of_user uuid, of_home uuid, about text[] default null) returns boolean
-- instance_of(of_node varchar, out instance uuid, out address varchar) returns record
-- introduce_devices(owner_id uuid, at_router varchar, at_time timestamptz, seen_ids uuid[], seen_macs macaddr[], seen_ips inet[], seen_online boolean[], seen_hostnames varchar[], seen_manufacturers varchar[]) returns uuid[]
-- is_as_before(owner_id uuid, at_router varchar, router_mac macaddr, seen_macs macaddr[], seen_ips inet[], seen_online boolean[], seen_hostnames varchar[], seen_manufacturers varchar[]) returns boolean
-- is_counting(of_user uuid, of_router varchar, of_connection uuid) returns boolean
-- is_random_mac(mac macaddr) returns boolean
-- is_same_place(before jsonb, now jsonb) returns boolean
-- isolate_partition(of_table regclass, partition regclass) returns void
-- isolate_tenant_table(tenant_table regclass, user_column name default 'user_id') returns void
-- keep_imported_addresses(owner_id uuid, at_router varchar, seen_ids uuid[]) returns void
-- keep_lease(of_node varchar, of_instance uuid) returns boolean
-- keep_member_names() returns trigger
-- keep_partitions() returns text
-- key_holder(of_fingerprint bytea) returns table(state text, user_id uuid, router_id varchar)
-- limit_to_home(tenant_table regclass, visible text default null) returns void
-- living_commands_servers() returns table(node varchar, instance uuid, state varchar, connections integer, address varchar)
-- load_home(of_user uuid, of_home uuid, of_router varchar, of_devices uuid[]) returns table(homes jsonb, routers jsonb, devices jsonb)
-- load_rules(of_user uuid, of_home uuid) returns jsonb
-- load_usage(of_user uuid, of_home uuid, of_router varchar, of_device uuid, of_person uuid, period varchar) returns jsonb
-- maintenance_is_on() returns boolean
-- make_room(owner_id uuid, at_router varchar, seen_ids uuid[], newcomers bigint) returns boolean
-- mark_connected(by_node varchar, by_instance uuid, arrived jsonb, longest_wait text default null) returns table(place integer, health_targets text[], is_asked boolean, is_scanned boolean)
-- measure_service() returns table(name text, label text, value double precision)
-- most_history() returns integer
-- move_digests() returns trigger
-- next_event_numbers(after bigint, most integer) returns bigint[]
-- note_ask() returns trigger
-- note_lan_mac(of_user uuid, of_router varchar, before macaddr, lan macaddr) returns void
-- note_missed_routers() returns void
-- note_pending_policy() returns trigger
-- note_presence(owner_id uuid, at_router varchar, at_time timestamptz, is_complete boolean, seen_ids uuid[], seen_online boolean[]) returns uuid[]
-- notify_router() returns trigger
-- number_event() returns trigger
-- number_events(of_user uuid, everywhere boolean default false) returns void
-- pack_usage(all_macs macaddr[], all_down bigint[], all_up bigint[], out macs macaddr[], out down bigint[], out up bigint[]) returns record
-- partitions_of(parent regclass) returns table(partition regclass, from_id uuid, to_id uuid, is_default boolean)
-- pending_dials(node varchar) returns table(user_id uuid, router_id varchar)
-- pending_routers(node varchar) returns table(user_id uuid, router_id varchar, is_ask boolean)
-- place_router_in_home() returns trigger
-- prepare_block(of_user uuid, of_router varchar, named_id uuid, named_ip inet, named_mac macaddr) returns table(router_ip inet, row_id uuid, ip inet, mac macaddr, is_router boolean, part_ids uuid[], addresses text[], behind jsonb, present uuid, used bigint)
-- queue_alerts() returns trigger
-- queue_missed_router(owner_id uuid, at_router varchar) returns void
-- raise_changed_home() returns trigger
-- raise_home(of_user uuid, of_home uuid, of_router varchar default null, about text[] default null) returns void
-- recognise_device(owner_id uuid, at_router varchar, known_id uuid, known_mac macaddr) returns void
-- record_audit_events() returns trigger
-- record_health(owner_id uuid, at_router varchar, usual inet[], samples jsonb, of_connection uuid default null::uuid) returns integer
-- record_healths(measured jsonb, usual inet[], longest_wait text default null) returns table(place integer, changed integer)
-- record_pending_policy() returns trigger
-- record_places(owner_id uuid, at_router varchar, places jsonb, of_connection uuid default null::uuid) returns integer
-- record_scan(owner_id uuid, at_router varchar, said_at timestamptz, is_complete boolean, seen_macs macaddr[], seen_ips inet[], seen_online boolean[], seen_hostnames varchar[], seen_manufacturers varchar[], of_connection uuid default null::uuid) returns table(discovered integer, came_online integer, went_offline integer, moved integer, raised_revision bigint)
-- record_usage(samples jsonb) returns void
-- refuse_moved() returns trigger
-- release_addresses(owner_id uuid, at_router varchar, scanned_before timestamptz, is_complete boolean, seen_ids uuid[], seen_ips inet[], seen_online boolean[]) returns uuid[]
-- renew_lease(of_node varchar, of_instance uuid, is_draining boolean, held integer, at_address varchar) returns boolean
-- require_weekly_windows(windows jsonb) returns jsonb
-- resolve_target(of_user uuid, of_router varchar, named_id uuid, named_ip inet, named_mac macaddr) returns table(row_id uuid, ip inet, mac macaddr, is_router boolean, part_ids uuid[], addresses text[])
-- router_holder(owner_id uuid, of_router varchar) returns table(connection_id uuid, node varchar, instance uuid, address varchar)
-- seen_routers() returns varchar[]
-- set_updated_at() returns trigger
-- settle_devices(owner_id uuid, at_router varchar, part_ids uuid[]) returns table(device_id uuid, ip_before inet, ip_now inet, was_online boolean, online_now boolean)
-- sum_usage(at_most integer) returns bigint
-- take_requests(of_user uuid, of_router varchar) returns table(usage_seconds integer, health_targets text[], wake text[])
-- tell(channel text, payload text, instance uuid default null::uuid) returns void
-- tell_gathered(begins boolean) returns void
-- usage_counting(of_user uuid, of_routers varchar[], since timestamptz, step text, zone text) returns text
-- usage_of(of_user uuid, of_routers varchar[], of_device uuid, of_person uuid, since timestamptz, step text, zone text) returns table(at timestamptz, mac macaddr, device_id uuid, router_id varchar, person_id uuid, down bigint, up bigint)
-- usage_rows(of_user uuid, of_home uuid, of_router varchar, of_device uuid, of_person uuid, period varchar, at_most integer) returns table(at timestamptz, device_id uuid, router_id varchar, name varchar, mac macaddr, person varchar, down bigint, up bigint)
-- usage_since(period varchar, zone text) returns timestamptz
-- usage_step(period varchar) returns text
-- usage_steps(of_user uuid, of_routers varchar[], since timestamptz, step text, zone text) returns table(router_id varchar, at timestamptz, mac macaddr, down bigint, up bigint)
-- usage_zone(timezone varchar) returns text
-- uuid_v7() returns uuid
-- whole_second(at timestamptz, direction text) returns bigint
