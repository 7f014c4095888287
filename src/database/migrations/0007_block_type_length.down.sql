alter table user_blocked_devices alter column block_type type varchar(20);
