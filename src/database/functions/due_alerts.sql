-- Who must be told something, and in which homes: there are rows in the outbox that are due, or some that were held in quiet hours, or it is
-- time for a digest. The longest due first. Nobody who may not sign in any more.
create or replace function due_alerts(most integer) returns table (user_id uuid, home_id uuid, member_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.maintenance', 'on', true);
  return query
    select o.user_id, o.home_id, o.member_id from (
      (select due.user_id, due.home_id, due.member_id, due.due_at from alert_outbox due
        join users m on m.id = due.member_id and m.is_active
        join users w on w.id = due.user_id and w.is_active
        where due.due_at <= now() order by due.due_at limit most * 50)
      union all
      (select held.user_id, held.home_id, held.member_id, held.due_at from alert_held held
        join users m on m.id = held.member_id and m.is_active
        join users w on w.id = held.user_id and w.is_active
        where held.told_at is null and held.due_at <= now() order by held.due_at limit most * 50)
      union all
      (select p.user_id, p.home_id, p.member_id, coalesce(p.digest_at, '-infinity') as due_at from alert_preferences p
        join users m on m.id = p.member_id and m.is_active
        join users w on w.id = p.user_id and w.is_active
        where p.digest_day is not null and coalesce(p.digest_at, '-infinity') <= now()
        order by coalesce(p.digest_at, '-infinity') limit most)
    ) o
    group by o.user_id, o.home_id, o.member_id
    order by min(o.due_at) limit most;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function due_alerts(integer) from public;
grant execute on function due_alerts(integer) to netpilot_service;
