drop trigger event_counters_moved on event_counters;
