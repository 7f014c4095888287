drop function delete_expired();
drop table idempotency_keys;
drop table import_rejects;
drop table imports;
drop table audit_entries;
drop table user_settings;
