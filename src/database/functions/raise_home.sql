-- What the rules of a home say means something else now, though none of them has changed: raises the revisions of its routers, or of one. Does
-- nothing if it has no rules (about these targets). Policies are locked in the order in which everybody does.
create or replace function raise_home(of_user uuid, of_home uuid, of_router varchar default null, about text[] default null) returns void
language sql as $$
  update router_policies set policy_revision = policy_revision + 1
  where (user_id, router_id) in (
    select p.user_id, p.router_id from router_policies p join user_routers r on r.user_id = p.user_id and r.router_id = p.router_id
    where p.user_id = of_user and r.home_id = of_home and (of_router is null or p.router_id = of_router)
      and has_rules(of_user, of_home, about)
    order by p.router_id for no key update of p)
$$;
