-- What happened, for those who watch: GET /api/v1/events. Written in the transaction of the change itself.

-- The number of the user's last event. Its row is what makes the transactions of one user follow one
-- another while they commit: see number_event().
create table event_counters (
  user_id uuid primary key references users (id) on delete cascade,
  last_number bigint not null check (last_number > 0)
);
select isolate_tenant_table('event_counters');
revoke delete on event_counters from netpilot_service;

create table events (
  user_id uuid not null references users (id) on delete cascade,
  id uuid not null default uuid_v7(),
  -- Its place in the user's stream: 1, 2, 3 and so on. Null only until the transaction commits.
  number bigint check (number > 0),
  -- When it was given its number.
  at timestamptz not null default now(),
  -- What happened, as subject.verb: `device.changed`. Of what is audited, the action.
  type varchar(100) not null check (type ~ '^[a-z_]+\.[a-z_]+$'),
  router_id varchar(255),
  -- The id of the thing it happened to.
  subject_id varchar(255),
  data jsonb not null default '{}',
  primary key (user_id, id),
  unique (user_id, number),
  foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade
);
create index events_router on events (user_id, router_id);
create index events_at on events (at);
select isolate_tenant_table('events');
revoke update, delete on events from netpilot_service;
grant update (number, at) on events to netpilot_service;

-- Gives an event its number. Readers ask for "all after number n", so no event may become visible after
-- one with a higher number has: a number taken when the row is written would break that, as
-- transactions commit in another order than they write. Hence the trigger is deferred: it runs while the
-- transaction commits, and holds the user's counter from there to the end of the commit, so that
-- numbers are in the order of the commits, without gaps. Coming last, it waits for nothing while it holds the
-- counter but the commit itself: it cannot be part of a deadlock, and a long transaction holds up nobody.
-- (Reading up to pg_snapshot_xmin() would need no lock, but any long transaction of the whole
-- server would hold up every stream.)
create function number_event() returns trigger
language plpgsql as $$
declare
  next_number bigint;
begin
  -- Written and gone in one transaction, with its user or its router.
  if not exists (select from events where user_id = new.user_id and id = new.id) then
    return null;
  end if;
  insert into event_counters (user_id, last_number) values (new.user_id, 1)
    on conflict (user_id) do update set last_number = event_counters.last_number + 1
    returning last_number into next_number;
  update events set number = next_number, at = clock_timestamp()
    where user_id = new.user_id and id = new.id;
  -- The same text for all events of a transaction: PostgreSQL makes one notification of them.
  perform pg_notify('netpilot_events', new.user_id::text);
  return null;
end
$$;
create constraint trigger events_number after insert on events
  deferrable initially deferred for each row execute function number_event();

-- A stream ends with its session, whoever ends it: its user, the operator, or the user's deletion.
create function announce_ended_session() returns trigger
language plpgsql as $$
begin
  perform pg_notify('netpilot_events', old.user_id::text);
  return null;
end
$$;
create trigger user_sessions_ended after delete or update of is_active on user_sessions
  for each row execute function announce_ended_session();

create or replace function delete_expired() returns table (deleted_from text, deleted bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform set_config('netpilot.maintenance', 'on', true);
  delete from user_sessions where expires_at < now() - interval '30 days';
  get diagnostics deleted = row_count; deleted_from := 'user_sessions'; return next;
  delete from sign_in_attempts where expires_at < now();
  get diagnostics deleted = row_count; deleted_from := 'sign_in_attempts'; return next;
  delete from local_sign_in_links where expires_at < now();
  get diagnostics deleted = row_count; deleted_from := 'local_sign_in_links'; return next;
  delete from idempotency_keys where created_at < now() - interval '24 hours';
  get diagnostics deleted = row_count; deleted_from := 'idempotency_keys'; return next;
  -- An hour longer than it works: the page that shows how linking goes may still be open.
  delete from pairing_codes where expires_at < now() - interval '1 hour';
  get diagnostics deleted = row_count; deleted_from := 'pairing_codes'; return next;
  delete from events where at < now() - interval '24 hours';
  get diagnostics deleted = row_count; deleted_from := 'events'; return next;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
