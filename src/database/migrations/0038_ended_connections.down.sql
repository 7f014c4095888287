drop index router_keys_revoked;
drop index users_inactive;
