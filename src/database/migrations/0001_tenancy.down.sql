drop function isolate_tenant_table(regclass, name);
drop function set_updated_at();
drop function maintenance_is_on();
drop function current_credential();
drop function current_user_id();
drop function uuid_v7();
