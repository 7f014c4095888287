alter table events alter column at set default now();
grant update (at) on events to netpilot_service;

create or replace function number_event() returns trigger
language plpgsql as $$
declare
  next_number bigint;
begin
  -- Written and gone in one transaction, with its user or its router.
  if not exists (select from events where user_id = new.user_id and id = new.id) then
    return null;
  end if;
  insert into event_counters (user_id, last_number) values (new.user_id, 1)
    on conflict (user_id) do update set last_number = event_counters.last_number + 1
    returning last_number into next_number;
  update events set number = next_number, at = clock_timestamp()
    where user_id = new.user_id and id = new.id;
  -- The same text for all events of a transaction: PostgreSQL makes one notification of them.
  perform pg_notify('netpilot_events', new.user_id::text);
  return null;
end
$$;
