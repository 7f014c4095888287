-- What an import restores into the audit stands apart from what was recorded here, and sorts after it.
alter table audit_entries add column imported_at timestamptz;
create index audit_entries_recorded on audit_entries (user_id, (imported_at is null), id);
drop index audit_entries_router;
create index audit_entries_router on audit_entries (user_id, router_id, (imported_at is null), id);

-- Numbers that a program can hold exactly (2^53 - 1); what an import brought beyond that could not be read.
select set_config('netpilot.maintenance', 'on', true);
-- Only an import could bring an id of the future.
update audit_entries set imported_at = now() where id > uuid_v7();
update router_policies set policy_revision = 1, applied_revision = 0, applied_at = null, refused_revision = null, refused_reason = null
  where greatest(policy_revision, refused_revision) > 9007199254740991;
update router_policies set
  whitelist_limit_rate = least(whitelist_limit_rate, 9007199254740991), whitelist_full_rate = least(whitelist_full_rate, 9007199254740991),
  blacklist_limit_rate = least(blacklist_limit_rate, 9007199254740991), blacklist_full_rate = least(blacklist_full_rate, 9007199254740991)
  where greatest(whitelist_limit_rate, whitelist_full_rate, blacklist_limit_rate, blacklist_full_rate) > 9007199254740991;
select set_config('netpilot.maintenance', '', true);
alter table router_policies
  add constraint router_policies_revisions_exact check (greatest(policy_revision, applied_revision, refused_revision) <= 9007199254740991),
  add constraint router_policies_rates_exact check (
    greatest(whitelist_limit_rate, whitelist_full_rate, blacklist_limit_rate, blacklist_full_rate) <= 9007199254740991);
alter table events add constraint events_number_exact check (number <= 9007199254740991);
alter table event_counters add constraint event_counters_last_number_exact check (last_number <= 9007199254740991);
