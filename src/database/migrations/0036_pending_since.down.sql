drop trigger router_policies_note_pending on router_policies;
drop index router_policies_pending_since;
alter table router_policies drop constraint router_policies_pending_since, drop column pending_since;
