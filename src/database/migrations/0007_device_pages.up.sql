-- The list of a router's devices, the last seen first: a page is read off the index, without sorting.
create index user_devices_last_seen on user_devices (user_id, router_id, last_seen, id);
