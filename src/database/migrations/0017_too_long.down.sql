-- It is found out again when the policy is sent.
select set_config('netpilot.maintenance', 'on', true);
update router_policies set refused_revision = null, refused_reason = null where refused_reason = 'too-long';
select set_config('netpilot.maintenance', '', true);
alter table router_policies
  drop constraint router_policies_refused_reason_check,
  add constraint router_policies_refused_reason_check check (refused_reason in ('incomplete', 'invalid', 'nft', 'storage'));
