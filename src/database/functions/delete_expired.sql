-- Deletes what has expired for all users, and thins what becomes coarser, up to 10,000 rows of each table; gives how many. The caller
-- calls it again while there are as many. Several processes may call it at once.
create or replace function delete_expired() returns table (deleted_from text, deleted bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  condition text;
begin
  perform set_config('netpilot.maintenance', 'on', true);
  for deleted_from, condition in
    values
      ('user_sessions', $sql$ expires_at < now() - interval '30 days' $sql$),
      ('sign_in_attempts', 'expires_at < now()'),
      ('local_sign_in_links', 'expires_at < now()'),
      ('idempotency_keys', $sql$ created_at < now() - interval '24 hours' $sql$),
      -- An hour longer than it works: the page that shows how linking goes may still be open.
      ('pairing_codes', $sql$ expires_at < now() - interval '1 hour' $sql$),
      -- A day longer than it works, so that its link can say why it does not.
      ('home_invitations', $sql$ expires_at < now() - interval '1 day' $sql$),
      -- As long as ended sessions, so that people can see what held.
      ('access_rules', $sql$ until_at < now() - interval '30 days' $sql$),
      ('access_asks', $sql$ asked_at < now() - interval '30 days' $sql$),
      ('router_health_hours', $sql$ minutes = 60 and hour < now() - interval '60 days' $sql$),
      ('router_outages', $sql$ until_at < now() - interval '1 year' $sql$),
      -- A day longer than it works, so that its link can say why it does not.
      ('alert_links', $sql$ expires_at < now() - interval '1 day' $sql$),
      ('alert_deliveries', $sql$ state <> 'waiting' and created_at < now() - interval '30 days' $sql$),
      ('alert_held', $sql$ at < now() - interval '30 days' $sql$),
      -- Of those who may not sign in.
      ('alert_outbox', $sql$ at < now() - interval '2 days' $sql$),
      -- Who was moved to another cell: their rows are there.
      ('users', $sql$ id in (select user_id from event_counters where moved_at < now() - interval '24 hours') $sql$),
      ('moved_secrets', 'until < now()'),
      -- Of the others whole days are dropped: see keep_partitions().
      ('events_default', $sql$ id < first_id_at(now() - interval '24 hours') $sql$)
  loop
    execute format(
      'delete from %1$I where ctid = any (array(select ctid from %1$I where %2$s limit 10000 for update skip locked))',
      deleted_from, condition);
    get diagnostics deleted = row_count;
    return next;
  end loop;
  -- After eight days the twelve steps of an hour become one.
  update router_health_hours h
  set minutes = 60, steps = (
    select array[sum(h.steps[p + 1]), sum(h.steps[p + 2]), sum(h.steps[p + 3]), sum(h.steps[p + 4]), max(h.steps[p + 5])]
    from generate_series(0, 55, 5) p)
  where h.ctid = any (array(
    select t.ctid from router_health_hours t where t.minutes = 5 and t.hour < now() - interval '8 days'
    limit 10000 for update skip locked));
  get diagnostics deleted = row_count;
  deleted_from := 'router_health_hours';
  return next;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function delete_expired() from public;
grant execute on function delete_expired() to netpilot_service;
