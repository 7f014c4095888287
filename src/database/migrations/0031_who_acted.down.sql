alter table audit_entries drop column token_name, drop column client;
