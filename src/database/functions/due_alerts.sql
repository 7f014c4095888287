-- Who has rows in the outbox that are due, and in which homes: the longest due first. Nobody who may not sign in any more.
create or replace function due_alerts(most integer) returns table (user_id uuid, home_id uuid, member_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.maintenance', 'on', true);
  return query
    select o.user_id, o.home_id, o.member_id from (
      select due.user_id, due.home_id, due.member_id, due.due_at from alert_outbox due
      join users m on m.id = due.member_id and m.is_active
      join users w on w.id = due.user_id and w.is_active
      where due.due_at <= now() order by due.due_at limit most * 50
    ) o
    group by o.user_id, o.home_id, o.member_id
    order by min(o.due_at) limit most;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function due_alerts(integer) from public;
grant execute on function due_alerts(integer) to netpilot_service;
