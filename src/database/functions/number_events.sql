-- Gives all events of a user's that this transaction has written their numbers, as that user: see number_event(). Their ids say when they were
-- written, so that only the partitions of that time are opened, unless they are looked for everywhere.
create or replace function number_events(of_user uuid, everywhere boolean default false) returns void
language plpgsql as $$
declare
  from_id constant uuid := case when everywhere then '00000000-0000-0000-0000-000000000000' else first_id_at(now() - interval '1 minute') end;
  to_id constant uuid :=
    case when everywhere then 'ffffffff-ffff-ffff-ffff-ffffffffffff' else first_id_at(clock_timestamp() + interval '1 minute') end;
  pending bigint;
  last_one bigint;
begin
  -- Those of this transaction only: another's events are not visible, or have their numbers.
  select count(*) into pending from events where user_id = of_user and number is null and id between from_id and to_id;
  -- None if they were deleted again, with their user or their router.
  if pending = 0 then
    return;
  end if;
  insert into event_counters (user_id, last_number) values (of_user, pending)
    on conflict (user_id) do update set last_number = event_counters.last_number + pending
    returning last_number into last_one;
  update events e set number = last_one - pending + unnumbered.place
    from (select id, row_number() over (order by at, ctid) as place
          from events where user_id = of_user and number is null and id between from_id and to_id) unnumbered
    where e.user_id = of_user and e.id = unnumbered.id and e.id between from_id and to_id;
  perform tell('netpilot_events', of_user::text);
end
$$;
