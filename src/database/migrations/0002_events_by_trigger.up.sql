-- What is audited, and a policy that waits for its router, are events: written in one place, whoever makes the change.
create trigger audit_entries_event after insert on audit_entries
  referencing new table as entries for each statement execute function record_audit_events();
create trigger router_policies_pending after update of policy_revision on router_policies
  for each row when (new.policy_revision > old.policy_revision) execute function record_pending_policy();
