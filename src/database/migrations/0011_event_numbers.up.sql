-- All events of a transaction get their numbers at once, by the first of them whose trigger runs. With
-- the counter raised for each, a thousand events of one scan took seconds, in old versions of its row.
alter table events alter column at set default clock_timestamp();
revoke update (at) on events from netpilot_service;

-- Why while the transaction commits, and not when the row is written: 0008_events.up.sql.
create or replace function number_event() returns trigger
language plpgsql as $$
declare
  pending bigint;
  last_one bigint;
begin
  if current_setting('netpilot.events_numbered_of', true) = new.user_id::text then
    return null;
  end if;
  -- Those of this transaction: of another, what is not committed is not seen, and what is has its number.
  select count(*) into pending from events where user_id = new.user_id and number is null;
  -- None: they are gone again, with their user or their router.
  if pending > 0 then
    insert into event_counters (user_id, last_number) values (new.user_id, pending)
      on conflict (user_id) do update set last_number = event_counters.last_number + pending
      returning last_number into last_one;
    update events e set number = last_one - pending + unnumbered.place
      from (select ctid as row, row_number() over (order by at, ctid) as place
            from events where user_id = new.user_id and number is null) unnumbered
      where e.ctid = unnumbered.row;
    perform pg_notify('netpilot_events', new.user_id::text);
  end if;
  perform set_config('netpilot.events_numbered_of', new.user_id::text, true);
  return null;
end
$$;
