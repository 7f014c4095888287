-- The agent on the router is too old for so long a policy.
alter table router_policies
  drop constraint router_policies_refused_reason_check,
  add constraint router_policies_refused_reason_check check (refused_reason in ('incomplete', 'invalid', 'nft', 'storage', 'too-long'));
