-- Keeps since when a router has had something to do that it has not confirmed.
create or replace function note_pending_policy() returns trigger
language plpgsql as $$
begin
  if new.applied_revision = new.policy_revision then
    new.pending_since := null;
  elsif new.pending_since is null then
    new.pending_since := clock_timestamp();
  end if;
  return new;
end
$$;
revoke execute on function note_pending_policy() from public;
