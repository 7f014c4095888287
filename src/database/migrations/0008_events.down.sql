create or replace function delete_expired() returns table (deleted_from text, deleted bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform set_config('netpilot.maintenance', 'on', true);
  delete from user_sessions where expires_at < now() - interval '30 days';
  get diagnostics deleted = row_count; deleted_from := 'user_sessions'; return next;
  delete from sign_in_attempts where expires_at < now();
  get diagnostics deleted = row_count; deleted_from := 'sign_in_attempts'; return next;
  delete from local_sign_in_links where expires_at < now();
  get diagnostics deleted = row_count; deleted_from := 'local_sign_in_links'; return next;
  delete from idempotency_keys where created_at < now() - interval '24 hours';
  get diagnostics deleted = row_count; deleted_from := 'idempotency_keys'; return next;
  -- An hour longer than it works: the page that shows how linking goes may still be open.
  delete from pairing_codes where expires_at < now() - interval '1 hour';
  get diagnostics deleted = row_count; deleted_from := 'pairing_codes'; return next;
  perform set_config('netpilot.maintenance', '', true);
end
$$;

drop trigger user_sessions_ended on user_sessions;
drop function announce_ended_session();
drop table events;
drop function number_event();
drop table event_counters;
