-- A router whose dropbear has no ed25519 has RSA. The bits are checked where the key is parsed.
alter table router_keys
  drop constraint router_keys_public_key_check,
  add constraint router_keys_public_key_check
    check (public_key ~ '^ssh-(ed25519 [A-Za-z0-9+/]{68}|rsa [A-Za-z0-9+/]+={0,2})$' and length(public_key) <= 1500);
alter table router_dials
  drop constraint router_dials_host_key_check,
  add constraint router_dials_host_key_check
    check (host_key ~ '^ssh-(ed25519 [A-Za-z0-9+/]{68}|rsa [A-Za-z0-9+/]+={0,2})$' and length(host_key) <= 1500),
  drop constraint router_dials_client_key_check,
  add constraint router_dials_client_key_check
    check (client_key ~ '^ssh-(ed25519 [A-Za-z0-9+/]{68}|rsa [A-Za-z0-9+/]+={0,2})$' and length(client_key) <= 1500);
