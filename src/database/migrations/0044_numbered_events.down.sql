-- A table is not altered while events of this transaction wait for their numbers.
set constraints all immediate;
drop trigger events_number on events;
create constraint trigger events_number after insert on events
  deferrable initially deferred for each row execute function number_event();
set constraints all deferred;
