-- A newer agent that somebody asked for: its version, and how far that has come, or why it was not taken; null: nobody did.
alter table user_routers
  add column update_version varchar(32),
  add column update_state varchar(20),
  add constraint user_routers_update check ((update_version is null) = (update_state is null));
create trigger user_routers_notify_update after update of update_state on user_routers
  for each row when (new.update_state = 'wanted' and old.update_state is distinct from new.update_state) execute function notify_router();
