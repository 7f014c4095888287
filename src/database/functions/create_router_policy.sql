-- Every router has a policy.
create or replace function create_router_policy() returns trigger
language plpgsql as $$
begin
  insert into router_policies (user_id, router_id) values (new.user_id, new.router_id);
  return null;
end
$$;
