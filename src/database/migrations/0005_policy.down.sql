drop table user_blocked_devices;
drop table user_blacklists;
drop table user_whitelists;
