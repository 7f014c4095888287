-- While a home is chosen (`netpilot.home_id`), shows of a tenant table only the rows for which `visible` is true: SQL that may
-- ask for current_home_id(). By default what it says follows from the table's columns: the rows of the home (home_id), those of
-- its routers (router_id), or none. The planner takes nearly every row to be visible (`is not null`), so that plans stay as
-- they are without a home; then the first test ends the condition.
create or replace function limit_to_home(tenant_table regclass, visible text default null) returns void
language plpgsql as $$
declare
  of_home constant text := 'home_id = (select current_home_id())';
  -- As migrations before 0045 need it. Later ones give 'router_id = any ((select seen_routers())::text[])', which reads no table.
  of_router constant text := 'router_id = any (array(select r.router_id from user_routers r))';
  has_home boolean := exists (select from pg_attribute where attrelid = tenant_table and attname = 'home_id' and not attisdropped);
  has_router boolean := exists (select from pg_attribute where attrelid = tenant_table and attname = 'router_id' and not attisdropped);
begin
  execute format(
    'create policy home on %s as restrictive to netpilot_service using ((case when (select current_home_id()) is null or (%s) then true end) is not null)',
    tenant_table,
    coalesce(visible, case when has_home then of_home when has_router then of_router else 'false' end));
end
$$;
revoke execute on function limit_to_home(regclass, text) from public;
