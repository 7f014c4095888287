-- A hint that something is wanted of a router may be lost: what is wanted can be found without one, by indexes of what is.
alter table user_routers add column is_asked boolean not null default false;
create trigger user_routers_note_ask before update of usage_wanted_until, health_targets on user_routers
  for each row when (old.usage_wanted_until is distinct from new.usage_wanted_until or old.health_targets is distinct from new.health_targets)
  execute function note_ask();
create index user_routers_wanted on user_routers (user_id, router_id)
  where is_asked or scan_wanted_at is not null or update_state = 'wanted';
create index user_devices_wake on user_devices (user_id, router_id) where wake_wanted_at is not null;
