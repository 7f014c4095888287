alter table event_counters drop constraint event_counters_last_number_exact;
alter table events drop constraint events_number_exact;
alter table router_policies
  drop constraint router_policies_rates_exact,
  drop constraint router_policies_revisions_exact;
drop index audit_entries_router;
create index audit_entries_router on audit_entries (user_id, router_id, id);
drop index audit_entries_recorded;
alter table audit_entries drop column imported_at;
