drop index user_devices_last_seen;
