-- What a person in a home (its owner or a member) wants of alerts, whatever channels they have there.
create table alert_preferences (
  user_id uuid not null,
  home_id uuid not null,
  member_id uuid not null references users (id) on delete cascade,
  -- Weekly windows in the home's time zone, as those of rules; null: none.
  quiet_hours jsonb check (require_weekly_windows(quiet_hours) is not distinct from quiet_hours),
  -- The kinds of alerts that come all the same.
  let_through varchar(30)[] not null default '{access_answered}',
  -- When the digest of the week comes, in the home's time zone; 1 is Monday. Null: never.
  digest_day smallint default 7 check (digest_day between 1 and 7),
  digest_time varchar(5) default '18:00' check (digest_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  -- When that is next; null: it never comes, or the worker has yet to find out.
  digest_at timestamptz,
  primary key (user_id, home_id, member_id),
  foreign key (user_id, home_id) references homes (user_id, id) on delete cascade,
  constraint alert_preferences_digest check ((digest_day is null) = (digest_time is null) and (digest_at is null or digest_day is not null))
);
create index alert_preferences_member on alert_preferences (member_id);
create index alert_preferences_digest_at on alert_preferences (coalesce(digest_at, '-infinity')) where digest_day is not null;
select isolate_tenant_table('alert_preferences');
select limit_to_home('alert_preferences');
create policy sender on alert_preferences as restrictive to netpilot_service using (member_id = (select current_actor_id()));

-- The devices of which a person wants to be told that they come and leave, and what they know.
create table alert_watches (
  user_id uuid not null,
  home_id uuid not null,
  member_id uuid not null references users (id) on delete cascade,
  device_id uuid not null,
  -- Whether it is at home, as far as the person knows: a phone that sleeps has not left.
  is_home boolean not null,
  -- Since when.
  since timestamptz not null default now(),
  primary key (user_id, home_id, member_id, device_id),
  foreign key (user_id, home_id) references homes (user_id, id) on delete cascade,
  foreign key (user_id, device_id) references user_devices (user_id, id) on delete cascade
);
create index alert_watches_member on alert_watches (member_id);
create index alert_watches_device on alert_watches (user_id, device_id);
select isolate_tenant_table('alert_watches');
select limit_to_home('alert_watches');
create policy sender on alert_watches as restrictive to netpilot_service using (member_id = (select current_actor_id()));

-- What happened in somebody's quiet hours: they are told when these end.
create table alert_held (
  user_id uuid not null,
  id uuid not null default uuid_v7(),
  home_id uuid not null,
  member_id uuid not null references users (id) on delete cascade,
  kind varchar(30) not null,
  thing varchar(300) not null,
  -- The alert as it was then.
  alert jsonb not null,
  at timestamptz not null,
  -- When somebody looks whether the quiet hours are over.
  due_at timestamptz not null,
  -- When it was told; null: it waits.
  told_at timestamptz,
  primary key (user_id, id),
  foreign key (user_id, home_id) references homes (user_id, id) on delete cascade
);
create index alert_held_home on alert_held (user_id, home_id);
create index alert_held_member on alert_held (member_id);
create index alert_held_thing on alert_held (user_id, member_id, thing, id);
create index alert_held_due_at on alert_held (due_at) where told_at is null;
create index alert_held_at on alert_held (at);
select isolate_tenant_table('alert_held');
select limit_to_home('alert_held');
create policy sender on alert_held as restrictive to netpilot_service using (member_id = (select current_actor_id()));

-- At another hour: the worker looks again.
create trigger homes_move_digests after update of timezone on homes for each row
  when (old.timezone is distinct from new.timezone) execute function move_digests();
