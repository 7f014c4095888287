-- Many routers have applied a revision: stored in one commit, each as its user, in the order of the users, and only what was heard on the connection
-- that counts. Each is {user_id, router_id, connection_id, revision, refused}; gives the place of those that were stored among them, from 1, and
-- what confirm_revision() gives. All rows are locked before the first counter of events is: while it holds one, it waits for other commits only
-- (docs/decisions/0015). With a longest wait, it fails if somebody holds one of them for longer.
create or replace function confirm_revisions(confirmed jsonb, longest_wait text default null)
returns table (place integer, waited double precision, was_connected boolean)
language plpgsql volatile as $$
#variable_conflict use_column
declare
  one record;
begin
  if longest_wait is not null then
    perform set_config('lock_timeout', longest_wait, true);
  end if;
  perform tell_gathered(true);
  for one in
    select c.ordinality::integer as place, (c.value ->> 'user_id')::uuid as user_id, c.value ->> 'router_id' as router_id,
      (c.value ->> 'connection_id')::uuid as connection_id, (c.value ->> 'revision')::bigint as revision, c.value -> 'refused' as refused
    from jsonb_array_elements(confirmed) with ordinality c order by 2, 3, 5
  loop
    return query
      select one.place, c.waited, c.was_connected
      from confirm_revision(one.user_id, one.router_id, one.connection_id, one.revision, one.refused) c;
  end loop;
  for one in
    select distinct (c.value ->> 'user_id')::uuid as user_id from jsonb_array_elements(confirmed) c order by 1
  loop
    perform set_config('netpilot.user_id', one.user_id::text, true);
    perform number_events(one.user_id);
  end loop;
  perform tell_gathered(false);
end
$$;
