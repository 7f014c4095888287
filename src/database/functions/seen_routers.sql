-- The routers that a transaction limited to a home sees. Policies ask by this for what only such a transaction has to read: named in a policy, the
-- table and its own policies would be part of every plan, set up each time.
create or replace function seen_routers() returns varchar[]
language plpgsql stable as $$
begin
  return array(select r.router_id from user_routers r);
end
$$;
