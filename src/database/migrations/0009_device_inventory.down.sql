drop function record_scan(uuid, varchar, timestamptz, boolean, macaddr[], inet[], boolean[], varchar[], varchar[]);
drop function note_presence(uuid, varchar, timestamptz, boolean, uuid[], boolean[]);
drop function claim_addresses(uuid, varchar, timestamptz, boolean, uuid[], inet[], boolean[]);
drop function settle_devices(uuid, varchar, uuid[]);
drop function introduce_devices(uuid, varchar, timestamptz, uuid[], macaddr[], inet[], varchar[], varchar[]);
drop function recognise_device(uuid, varchar, uuid, macaddr);
drop function find_devices(uuid, varchar, macaddr[]);
drop function is_random_mac(macaddr);
drop table device_presence;
-- Devices that were merged into another are entries of their own again.
alter table user_devices drop column merged_into, drop column shown_as;
drop index device_addresses_holder, device_addresses_current;
alter table device_addresses reset (fillfactor), drop column is_current;
