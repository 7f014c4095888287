-- The router has applied a revision: stored, and an event. Does nothing if the policy never had that revision.
create or replace function confirm_revision(of_user uuid, of_router varchar, revision bigint) returns void
language plpgsql volatile as $$
begin
  perform set_config('netpilot.user_id', of_user::text, true);
  update router_policies
    set applied_revision = revision, applied_at = now(), refused_revision = null, refused_reason = null
    where user_id = of_user and router_id = of_router and policy_revision >= revision;
  if found then
    insert into events (user_id, type, router_id, data)
      values (of_user, 'policy.applied', of_router, jsonb_build_object('applied_revision', revision));
  end if;
end
$$;
