drop policy home on homes;
drop policy home on people;
drop policy home on access_rules;
drop policy home on pairing_codes;
drop policy home on idempotency_keys;
drop policy home on user_routers;
drop policy home on user_devices;
drop policy home on user_whitelists;
drop policy home on user_blacklists;
drop policy home on user_blocked_devices;
drop policy home on device_addresses;
drop policy home on device_presence;
drop policy home on router_policies;
drop policy home on router_keys;
drop policy home on router_dials;
drop policy home on router_facts;
drop policy home on router_health;
drop policy home on router_usage;
drop policy home on user_settings;
drop policy home on audit_entries;
drop policy home on events;
drop policy home on users;
drop policy home on user_sessions;
drop policy home on imports;
drop policy home on import_rejects;

-- What members sent is theirs, and not the owner's.
drop policy sender on idempotency_keys;
select set_config('netpilot.maintenance', 'on', true);
delete from idempotency_keys where actor_id <> user_id;
select set_config('netpilot.maintenance', '', true);
alter table idempotency_keys
  drop constraint idempotency_keys_pkey,
  drop column actor_id,
  drop column home_id,
  add primary key (user_id, key);
alter table pairing_codes drop column home_id;
alter table events drop column home_id;
alter table audit_entries drop column actor_id, drop column actor_name, drop column home_id;
drop trigger users_name_members on users;
drop table home_invitations;
drop table home_members;
