-- One call gives a tenant table its whole isolation.
create or replace function isolate_tenant_table(tenant_table regclass, user_column name default 'user_id') returns void
language plpgsql as $$
begin
  execute format('alter table %s enable row level security, force row level security', tenant_table);
  execute format(
    'create policy tenant on %s to netpilot_service using (%I = (select current_user_id())) with check (%I = (select current_user_id()))',
    tenant_table, user_column, user_column);
  execute format(
    'create policy maintenance on %s to netpilot_owner using ((select maintenance_is_on())) with check ((select maintenance_is_on()))',
    tenant_table);
  execute format('grant select, insert, update, delete on %s to netpilot_service', tenant_table);
end
$$;
revoke execute on function isolate_tenant_table(regclass, name) from public;
