-- The program before this one knows no RSA: routers with such a key must be linked again.
select set_config('netpilot.maintenance', 'on', true);
delete from router_keys where public_key like 'ssh-rsa %';
delete from router_dials where host_key like 'ssh-rsa %' or client_key like 'ssh-rsa %';
delete from server_keys where public_key like 'ssh-rsa %';
select set_config('netpilot.maintenance', '', true);
alter table router_keys
  drop constraint router_keys_public_key_check,
  add constraint router_keys_public_key_check check (public_key ~ '^ssh-ed25519 [A-Za-z0-9+/]{68}$');
alter table router_dials
  drop constraint router_dials_host_key_check,
  add constraint router_dials_host_key_check check (host_key ~ '^ssh-ed25519 [A-Za-z0-9+/]{68}$'),
  drop constraint router_dials_client_key_check,
  add constraint router_dials_client_key_check check (client_key ~ '^ssh-ed25519 [A-Za-z0-9+/]{68}$');
