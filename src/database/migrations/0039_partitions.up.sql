-- Events by days and the audit by years, both by their ids, which are in the order of time: a day's events are dropped, not deleted. What there is
-- stays where it is: each table becomes the first partition, which ends with this day or year. The default one takes what fits in no other.

-- A table is not altered while events of this transaction wait for their numbers.
set constraints all immediate;
select set_config('netpilot.maintenance', 'on', true);
lock table users, user_routers in share row exclusive mode;
lock table audit_entries, events in access exclusive mode;

drop trigger audit_entries_event on audit_entries;
alter table audit_entries rename to audit_entries_before;
alter table audit_entries_before rename constraint audit_entries_pkey to audit_entries_before_pkey;
alter index audit_entries_home rename to audit_entries_before_home;
alter index audit_entries_recorded rename to audit_entries_before_recorded;
alter index audit_entries_router rename to audit_entries_before_router;
create table audit_entries (
  like audit_entries_before including defaults including constraints,
  primary key (user_id, id),
  constraint audit_entries_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint audit_entries_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade
) partition by range (id);
create index audit_entries_home on audit_entries (user_id, home_id, (imported_at is null), id) where home_id is not null;
create index audit_entries_recorded on audit_entries (user_id, (imported_at is null), id);
create index audit_entries_router on audit_entries (user_id, router_id, (imported_at is null), id);
create index audit_entries_imported on audit_entries (user_id, id) where imported_at is not null;

drop trigger events_number on events;
drop trigger events_alert on events;
-- A unique index would have to contain the id, and say nothing: the counter keeps a user's numbers apart (number_event()).
alter table events drop constraint events_user_id_number_key;
drop index events_at;
alter table events rename to events_before;
alter table events_before rename constraint events_pkey to events_before_pkey;
alter index events_router rename to events_before_router;
create table events (
  like events_before including defaults including constraints,
  primary key (user_id, id),
  constraint events_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint events_user_id_router_id_fkey foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade
) partition by range (id);
create index events_number on events (user_id, number);
create index events_router on events (user_id, router_id);

create table audit_entries_default partition of audit_entries default;
create table events_default partition of events default;
-- Here alone events are deleted, by their age.
create index events_default_id on events_default (id);

do $$
declare
  old record;
begin
  for old in
    values
      ('audit_entries', first_id_at((date_trunc('year', now() at time zone 'UTC') + interval '1 year') at time zone 'UTC')),
      ('events', first_id_at((date_trunc('day', now() at time zone 'UTC') + interval '1 day') at time zone 'UTC'))
  loop
    execute format('with late as (delete from %1$s_before where id >= %2$L returning *) insert into %1$s_default select * from late',
      old.column1, old.column2);
    execute format('alter table %1$s attach partition %1$s_before for values from (minvalue) to (%2$L)', old.column1, old.column2);
  end loop;
end
$$;

do $$
declare
  partitioned regclass;
begin
  foreach partitioned in array array['audit_entries', 'events']::regclass[] loop
    perform isolate_tenant_table(partitioned);
    execute format('revoke update, delete on %s from netpilot_service', partitioned);
    perform limit_to_home(partitioned, $visible$
      case when router_id is null then home_id = (select current_home_id())
      else router_id = any (array(select r.router_id from user_routers r)) end$visible$);
    execute format('revoke insert on %s_before from netpilot_service', partitioned);
    perform isolate_partition(partitioned, (partitioned || '_default')::regclass);
  end loop;
end
$$;
revoke update (number) on events_before from netpilot_service;
grant update (number) on events to netpilot_service;

create trigger audit_entries_event after insert on audit_entries
  referencing new table as entries for each statement execute function record_audit_events();
create trigger events_alert after insert on events referencing new table as news for each statement execute function queue_alerts();
create constraint trigger events_number after insert on events
  deferrable initially deferred for each row execute function number_event();
set constraints all deferred;
select set_config('netpilot.maintenance', '', true);

do $$
begin
  while keep_partitions() is not null loop
  end loop;
end
$$;
