-- The router has a new revision to apply.
create or replace function record_pending_policy() returns trigger
language plpgsql as $$
begin
  insert into events (user_id, type, router_id, data)
  values (new.user_id, 'policy.pending', new.router_id, jsonb_build_object(
    'policy_revision', new.policy_revision, 'applied_revision', new.applied_revision));
  return null;
end
$$;
