drop trigger router_policies_pending on router_policies;
drop trigger audit_entries_event on audit_entries;
