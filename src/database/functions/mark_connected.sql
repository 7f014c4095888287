-- Many routers have connected to a node: stored in one commit, each as its user, in the order of the users. Fails if the node has no lease, because
-- nobody would end these connections after it. Each is {user_id, router_id, connection_id, version, limiter, lan, features, is_silent}; gives the place, from 1, of those
-- that are linked, and what connect_router() gives. All rows are locked before the first counter of events is (docs/decisions/0015). With a longest wait, it fails if
-- somebody holds one of them for longer.
create or replace function mark_connected(by_node varchar, by_instance uuid, arrived jsonb, longest_wait text default null)
returns table (place integer, health_targets text[], is_asked boolean, is_scanned boolean)
language plpgsql volatile set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  one record;
begin
  if longest_wait is not null then
    perform set_config('lock_timeout', longest_wait, true);
  end if;
  if not keep_lease(by_node, by_instance) then
    raise 'The lease of % is over.', by_node;
  end if;
  perform tell_gathered(true);
  for one in
    select a.ordinality::integer as place, (a.value ->> 'user_id')::uuid as user_id, a.value ->> 'router_id' as router_id, a.value as said
    from jsonb_array_elements(arrived) with ordinality a order by 2, 3, 1
  loop
    perform set_config('netpilot.user_id', one.user_id::text, true);
    return query
      select one.place, c.health_targets, c.is_asked, c.is_scanned from connect_router(by_node, one.user_id, one.router_id, one.said) c;
  end loop;
  for one in
    select distinct (a.value ->> 'user_id')::uuid as user_id from jsonb_array_elements(arrived) a order by 1
  loop
    perform set_config('netpilot.user_id', one.user_id::text, true);
    perform number_events(one.user_id);
  end loop;
  perform tell_gathered(false);
end
$$;
