-- Claims for a worker, for so many seconds, the channels whose next delivery is due: those of nobody, or of a worker that has died. Those that
-- have failed are asked for by themselves, so that they take no place from the others; nobody has more than four at once, so that one person's
-- targets that hang delay no other's.
create or replace function claim_alert_channels(worker uuid, seconds integer, most integer, has_failed boolean)
returns table (user_id uuid, home_id uuid, id uuid, member_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.maintenance', 'on', true);
  return query
    update alert_channels c
    set claimed_by = worker, claimed_until = clock_timestamp() + make_interval(secs => seconds)
    from (
      select d.user_id, d.id from alert_channels d
      join (
        select w.user_id, w.id, row_number() over (partition by w.member_id order by w.next_at) + (
          select count(*) from alert_channels busy where busy.member_id = w.member_id and busy.claimed_until > now()) as place
        from alert_channels w
        join users m on m.id = w.member_id and m.is_active
        join users o on o.id = w.user_id and o.is_active
        where w.next_at <= now() and coalesce(w.claimed_until < now(), true) and (w.failures > 0) = has_failed
      ) waiting on waiting.user_id = d.user_id and waiting.id = d.id and waiting.place <= 4
      where d.next_at <= now() and coalesce(d.claimed_until < now(), true) and (d.failures > 0) = has_failed
      order by d.next_at limit most for update of d skip locked
    ) due
    where c.user_id = due.user_id and c.id = due.id
    returning c.user_id, c.home_id, c.id, c.member_id;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function claim_alert_channels(uuid, integer, integer, boolean) from public;
grant execute on function claim_alert_channels(uuid, integer, integer, boolean) to netpilot_service;
