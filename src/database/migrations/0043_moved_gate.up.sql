-- The gate that a move shuts, as a trigger: what gives events their numbers also runs while an older schema is migrated, which has no such columns.
create trigger event_counters_moved before update of last_number on event_counters
  for each row when (old.moved_to is not null) execute function refuse_moved();
