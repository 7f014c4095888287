-- Gives all events of a transaction their numbers, by the first of them whose trigger runs. Readers ask for "all after
-- number n", so no event may become visible after one with a higher number: a number taken when the row is written
-- would break that, as transactions commit in another order than they write. Hence the trigger is deferred: it
-- runs while the transaction commits, and holds the user's counter from there to the end of the commit, so that
-- numbers are in the order of the commits, without gaps. As it comes last, it waits for nothing but the commit while it
-- holds the counter: it cannot be part of a deadlock, and a long transaction delays nobody. (Reading up to
-- pg_snapshot_xmin() would need no lock, but any long transaction of the whole server would delay every stream.)
create or replace function number_event() returns trigger
language plpgsql as $$
declare
  pending bigint;
  last_one bigint;
begin
  if current_setting('netpilot.events_numbered_of', true) = new.user_id::text then
    return null;
  end if;
  -- Those of this transaction only: another's events are not visible, or have their numbers.
  select count(*) into pending from events where user_id = new.user_id and number is null;
  -- None if they were deleted again, with their user or their router.
  if pending > 0 then
    insert into event_counters (user_id, last_number) values (new.user_id, pending)
      on conflict (user_id) do update set last_number = event_counters.last_number + pending
      returning last_number into last_one;
    update events e set number = last_one - pending + unnumbered.place
      from (select ctid as row, row_number() over (order by at, ctid) as place
            from events where user_id = new.user_id and number is null) unnumbered
      where e.ctid = unnumbered.row;
    perform tell('netpilot_events', new.user_id::text);
  end if;
  perform set_config('netpilot.events_numbered_of', new.user_id::text, true);
  return null;
end
$$;
