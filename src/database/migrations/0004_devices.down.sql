drop table device_addresses;
drop table user_devices;
