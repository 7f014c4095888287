drop table
  idempotency_keys, import_rejects, imports, event_counters, events, audit_entries, user_settings,
  user_blocked_devices, user_blacklists, user_whitelists, device_presence, device_addresses, user_devices,
  router_dials, pairing_codes, router_keys, router_policies, user_routers,
  server_keys, local_sign_in_links, sign_in_attempts, user_sessions, users;
