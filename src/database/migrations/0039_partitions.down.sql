-- One table each again: what is in the partitions is copied.
-- A table is not altered while events of this transaction wait for their numbers.
set constraints all immediate;
select set_config('netpilot.maintenance', 'on', true);
lock table users, user_routers in share row exclusive mode;

create table whole_audit (like audit_entries including defaults including constraints);
insert into whole_audit select * from audit_entries;
drop table audit_entries;
alter table whole_audit rename to audit_entries;
alter table audit_entries
  add primary key (user_id, id),
  add foreign key (user_id) references users (id) on delete cascade,
  add foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade;
create index audit_entries_home on audit_entries (user_id, home_id, (imported_at is null), id) where home_id is not null;
create index audit_entries_recorded on audit_entries (user_id, (imported_at is null), id);
create index audit_entries_router on audit_entries (user_id, router_id, (imported_at is null), id);

create table whole_events (like events including defaults including constraints);
insert into whole_events select * from events;
drop table events;
alter table whole_events rename to events;
alter table events
  add primary key (user_id, id),
  add unique (user_id, number),
  add foreign key (user_id) references users (id) on delete cascade,
  add foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade;
create index events_router on events (user_id, router_id);
create index events_at on events (at);
select set_config('netpilot.maintenance', '', true);

do $$
declare
  whole regclass;
begin
  foreach whole in array array['audit_entries', 'events']::regclass[] loop
    perform isolate_tenant_table(whole);
    execute format('revoke update, delete on %s from netpilot_service', whole);
    perform limit_to_home(whole, $visible$
      case when router_id is null then home_id = (select current_home_id())
      else router_id = any (array(select r.router_id from user_routers r)) end$visible$);
  end loop;
end
$$;
grant update (number) on events to netpilot_service;

create trigger audit_entries_event after insert on audit_entries
  referencing new table as entries for each statement execute function record_audit_events();
create trigger events_alert after insert on events referencing new table as news for each statement execute function queue_alerts();
create constraint trigger events_number after insert on events
  deferrable initially deferred for each row execute function number_event();
set constraints all deferred;
