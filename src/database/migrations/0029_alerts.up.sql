-- Where a person wants to be told of what happens in a home. `user_id` is the home's owner, `member_id` whose channel it is: the owner or a member.
create table alert_channels (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  member_id uuid not null references users (id) on delete cascade,
  kind varchar(10) not null
    check (kind in ('email', 'ntfy', 'webhook', 'web_push', 'gotify', 'telegram', 'pushover', 'apprise')),
  name varchar(255) not null check (name ~ '\S'),
  -- What of the settings may be shown; all of them, with their secrets, are sealed with SECRET_KEY.
  settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  sealed_settings bytea not null,
  -- SHA-256 of the secret in the link of an e-mail that ends them.
  unsubscribe_hash bytea unique check (octet_length(unsubscribe_hash) = 32),
  -- The kinds of alerts that come here; null: those that come if nobody has chosen.
  wanted varchar(30)[],
  -- Of its messages.
  language varchar(2) not null default 'en' check (language in ('en', 'de')),
  is_enabled boolean not null default true,
  -- Why NetPilot has switched it off.
  problem varchar(500),
  created_at timestamptz not null default now(),
  -- When something last arrived there.
  verified_at timestamptz,
  -- The queue of its deliveries: the number of the last one, when the first that waits is due (null: none waits), how often that has failed in a row.
  last_number bigint not null default 0,
  next_at timestamptz,
  failures integer not null default 0,
  -- The worker that delivers to it now; after that time another one may.
  claimed_by uuid,
  claimed_until timestamptz,
  -- When it may have the next one, by the limit of a minute.
  allowed_at timestamptz,
  primary key (user_id, id),
  foreign key (user_id, home_id) references homes (user_id, id) on delete cascade
);
create index alert_channels_home on alert_channels (user_id, home_id, member_id);
create index alert_channels_member on alert_channels (member_id);
create index alert_channels_next_at on alert_channels (next_at) where next_at is not null;
select isolate_tenant_table('alert_channels');
select limit_to_home('alert_channels');
create policy credential on alert_channels for select to netpilot_service using (unsubscribe_hash = (select current_credential()));
create policy sender on alert_channels as restrictive to netpilot_service
  using (member_id = (select current_actor_id()) or unsubscribe_hash = (select current_credential()));

-- What has happened that somebody may want to be told of: one row for each person, written in the transaction of the event.
create table alert_outbox (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  member_id uuid not null references users (id) on delete cascade,
  type varchar(100) not null,
  router_id varchar(255),
  subject_id varchar(255),
  data jsonb not null,
  at timestamptz not null,
  due_at timestamptz not null default now(),
  primary key (user_id, id),
  foreign key (user_id, home_id) references homes (user_id, id) on delete cascade,
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade
);
create index alert_outbox_home on alert_outbox (user_id, home_id);
create index alert_outbox_router on alert_outbox (user_id, router_id) where router_id is not null;
create index alert_outbox_member on alert_outbox (member_id);
create index alert_outbox_due_at on alert_outbox (due_at);
create index alert_outbox_at on alert_outbox (at);
select isolate_tenant_table('alert_outbox');
select limit_to_home('alert_outbox');
create policy sender on alert_outbox as restrictive to netpilot_service using (member_id = (select current_actor_id()));

-- What goes to a channel, in the order of its numbers; afterwards, for 30 days, what became of it.
create table alert_deliveries (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  channel_id uuid not null,
  member_id uuid not null,
  number bigint not null,
  -- The channel as it was then, which others in the home do not see.
  channel_kind varchar(10) not null,
  channel_name varchar(255) not null,
  kind varchar(30) not null,
  -- What it is about: messages about one thing are shown together.
  thing varchar(300) not null,
  message jsonb not null,
  state varchar(10) not null default 'waiting' check (state in ('waiting', 'delivered', 'given_up', 'dropped')),
  tries integer not null default 0,
  -- What went wrong last, in plain words.
  problem varchar(500),
  created_at timestamptz not null default now(),
  tried_at timestamptz,
  next_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (user_id, id),
  unique (user_id, channel_id, number),
  foreign key (user_id, home_id) references homes (user_id, id) on delete cascade,
  foreign key (user_id, channel_id) references alert_channels (user_id, id) on delete cascade,
  constraint alert_deliveries_finished check ((state = 'waiting') = (finished_at is null))
);
create index alert_deliveries_waiting on alert_deliveries (user_id, channel_id, number) where state = 'waiting';
create index alert_deliveries_home on alert_deliveries (user_id, home_id, id);
create index alert_deliveries_thing on alert_deliveries (user_id, member_id, thing, id);
create index alert_deliveries_tried_at on alert_deliveries (user_id, member_id, tried_at) where tried_at is not null;
create index alert_deliveries_created_at on alert_deliveries (created_at);
select isolate_tenant_table('alert_deliveries');
select limit_to_home('alert_deliveries');

-- A button of an alert: does one thing, once, for who was told. The link holds the secret; this is its SHA-256.
create table alert_links (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  member_id uuid not null references users (id) on delete cascade,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  action varchar(10) not null check (action in ('approve', 'block', 'pause', 'grant')),
  -- What it is done to, as it was called then.
  name varchar(255) not null,
  router_id varchar(255),
  device_id uuid,
  person_id uuid,
  minutes integer check (minutes between 1 and 1440),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (user_id, id),
  foreign key (user_id, home_id) references homes (user_id, id) on delete cascade,
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade,
  foreign key (user_id, device_id) references user_devices (user_id, id) on delete cascade,
  foreign key (user_id, person_id) references people (user_id, id) on delete cascade,
  constraint alert_links_target check (
    case action when 'grant' then person_id is not null and minutes is not null
    when 'pause' then (person_id is null) <> (device_id is null) and minutes is not null
    else device_id is not null and router_id is not null end)
);
create index alert_links_home on alert_links (user_id, home_id);
create index alert_links_member on alert_links (member_id);
create index alert_links_router on alert_links (user_id, router_id) where router_id is not null;
create index alert_links_device on alert_links (user_id, device_id) where device_id is not null;
create index alert_links_person on alert_links (user_id, person_id) where person_id is not null;
create index alert_links_expires_at on alert_links (expires_at);
select isolate_tenant_table('alert_links');
select limit_to_home('alert_links');
create policy credential on alert_links for select to netpilot_service using (token_hash = (select current_credential()));
create policy sender on alert_links as restrictive to netpilot_service
  using (member_id = (select current_actor_id()) or token_hash = (select current_credential()));

create trigger events_alert after insert on events referencing new table as news for each statement execute function queue_alerts();
-- Who is no member any more is told nothing.
create trigger home_members_forget_alerts after delete on home_members for each row execute function forget_alerts();
