-- Gives all events of a user's that this transaction has written their numbers, as that user: see number_event(). Their ids say when they were
-- written, so that only the partitions of that time are opened, unless they are looked for everywhere.
create or replace function number_events(of_user uuid, everywhere boolean default false) returns void
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  from_id constant uuid := case when everywhere then '00000000-0000-0000-0000-000000000000' else first_id_at(now() - interval '1 minute') end;
  to_id constant uuid :=
    case when everywhere then 'ffffffff-ffff-ffff-ffff-ffffffffffff' else first_id_at(clock_timestamp() + interval '1 minute') end;
  -- Those of this transaction only: another's events are not visible, or have their numbers. None if they were deleted again, with their user or
  -- their router.
  ids constant uuid[] := array(
    select id from events where user_id = of_user and number is null and id between from_id and to_id order by at, ctid);
  count constant integer := cardinality(ids);
  last bigint;
begin
  if count = 0 then
    return;
  end if;
  insert into event_counters (user_id, last_number) values (of_user, count)
    on conflict (user_id) do update set last_number = event_counters.last_number + excluded.last_number
    returning last_number into last;
  update events e set number = last - count + written.place
    from unnest(ids) with ordinality written (id, place)
    where e.user_id = of_user and e.id = written.id and e.id between from_id and to_id;
  perform tell('netpilot_events', of_user::text);
end
$$;
