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
  -- If not, the clock was set: then it is looked for everywhere.
  is_of_now constant boolean :=
    new.id between first_id_at(now() - interval '1 minute') and first_id_at(clock_timestamp() + interval '1 minute');
  numbered constant text := current_setting('netpilot.events_numbered_of', true);
begin
  if numbered = new.user_id || ' everywhere' or is_of_now and numbered = new.user_id::text then
    return null;
  end if;
  perform number_events(new.user_id, everywhere => not is_of_now);
  perform set_config('netpilot.events_numbered_of', new.user_id || case when is_of_now then '' else ' everywhere' end, true);
  return null;
end
$$;
