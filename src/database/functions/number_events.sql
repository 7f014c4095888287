-- Gives all events of a user's that this transaction has written their numbers, as that user: see number_event(). Their ids say when they were
-- written, so that only the partitions of that time are opened, unless they are looked for everywhere.
create or replace function number_events(of_user uuid, everywhere boolean default false) returns void
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  from_id constant uuid := case when everywhere then '00000000-0000-0000-0000-000000000000' else first_id_at(now() - interval '1 minute') end;
  to_id constant uuid :=
    case when everywhere then 'ffffffff-ffff-ffff-ffff-ffffffffffff' else first_id_at(clock_timestamp() + interval '1 minute') end;
begin
  -- Those of this transaction only: another's events are not visible, or have their numbers. None if they were deleted again, with their user or
  -- their router.
  with unnumbered as materialized (
    select id, row_number() over (order by at desc, ctid desc) as from_last
    from events where user_id = of_user and number is null and id between from_id and to_id
  ), counter as (
    insert into event_counters (user_id, last_number) select of_user, count(*) from unnumbered having count(*) > 0
      on conflict (user_id) do update set last_number = event_counters.last_number + excluded.last_number
      returning last_number
  )
  update events e set number = c.last_number + 1 - u.from_last
    from unnumbered u cross join counter c
    where e.user_id = of_user and e.id = u.id and e.id between from_id and to_id;
  if found then
    perform tell('netpilot_events', of_user::text);
  end if;
end
$$;
