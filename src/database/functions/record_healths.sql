-- Many routers have measured how the internet answers: stored in one commit, each as its user, in the order of the users. Each is {user_id, router_id,
-- connection_id, samples}, the rest as record_health() has it. Gives the place among them, from 1, and how often that changed. All rows are locked
-- before the first counter of events is (docs/decisions/0015). With a longest wait, it fails if somebody holds one of them for longer.
create or replace function record_healths(measured jsonb, usual inet[], longest_wait text default null)
returns table (place integer, changed integer)
language plpgsql volatile set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  one record;
  told uuid[] := '{}';
begin
  if longest_wait is not null then
    perform set_config('lock_timeout', longest_wait, true);
  end if;
  perform tell_gathered(true);
  for one in
    select m.ordinality::integer as place, (m.value ->> 'user_id')::uuid as user_id, m.value ->> 'router_id' as router_id,
      (m.value ->> 'connection_id')::uuid as connection_id, m.value -> 'samples' as samples
    from jsonb_array_elements(measured) with ordinality m order by 2, 3, 1
  loop
    place := one.place;
    changed := record_health(one.user_id, one.router_id, usual, one.samples, one.connection_id);
    if changed > 0 then
      told := told || one.user_id;
    end if;
    return next;
  end loop;
  for one in select distinct t.id as user_id from unnest(told) t (id) order by t.id loop
    perform set_config('netpilot.user_id', one.user_id::text, true);
    perform number_events(one.user_id);
  end loop;
  if cardinality(told) = 0 then
    -- A minute's measurements are all there is to lose in a crash: nobody waits for the disk.
    perform set_config('synchronous_commit', 'off', true);
  end if;
  perform tell_gathered(false);
end
$$;
