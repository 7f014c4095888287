-- Since when a router has had something to do that it has not confirmed: for the operator's metrics, which ask at each scrape.
alter table router_policies add column pending_since timestamptz;
alter table router_policies disable trigger router_policies_set_updated_at;
select set_config('netpilot.maintenance', 'on', true);
update router_policies set pending_since = updated_at where applied_revision < policy_revision;
select set_config('netpilot.maintenance', '', true);
alter table router_policies
  enable trigger router_policies_set_updated_at,
  add constraint router_policies_pending_since check ((pending_since is null) = (applied_revision = policy_revision));
create index router_policies_pending_since on router_policies (pending_since) where pending_since is not null;
create trigger router_policies_note_pending before insert or update of policy_revision, applied_revision on router_policies
  for each row execute function note_pending_policy();
