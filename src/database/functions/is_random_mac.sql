-- The second lowest bit of the first byte marks a MAC that a device made up, of no manufacturer (IEEE 802, 8.2.2).
create or replace function is_random_mac(mac macaddr) returns boolean
language sql immutable parallel safe
return mac & '02:00:00:00:00:00' <> '00:00:00:00:00:00';
