-- Gives a partition the policies of its table: through the table they are not asked for, but those who read the partition itself see no more. It
-- may only be read so.
create or replace function isolate_partition(of_table regclass, partition regclass) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  policy record;
begin
  execute format('alter table %s enable row level security, force row level security', partition);
  for policy in
    select polname as name, case when polpermissive then 'permissive' else 'restrictive' end as kind,
      (select string_agg(role::regrole::text, ', ') from unnest(polroles) role) as roles,
      pg_get_expr(polqual, polrelid) as visible, pg_get_expr(polwithcheck, polrelid) as allowed
    from pg_policy where polrelid = of_table
  loop
    execute format('create policy %I on %s as %s to %s using (%s)', policy.name, partition, policy.kind, policy.roles, policy.visible)
      || coalesce(' with check (' || policy.allowed || ')', '');
  end loop;
  execute format('grant select on %s to netpilot_service', partition);
end
$$;
revoke execute on function isolate_partition(regclass, regclass) from public;
