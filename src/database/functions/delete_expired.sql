-- What has run out is deleted for everybody at once, so many rows of a table at a time: whoever calls this calls it
-- again while there were as many. Others may do the same meanwhile.
create or replace function delete_expired() returns table (deleted_from text, deleted bigint)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  most constant integer := 10000;
begin
  perform set_config('netpilot.maintenance', 'on', true);
  delete from user_sessions where ctid = any (array(
    select ctid from user_sessions where expires_at < now() - interval '30 days' limit most for update skip locked));
  get diagnostics deleted = row_count; deleted_from := 'user_sessions'; return next;
  delete from sign_in_attempts where ctid = any (array(
    select ctid from sign_in_attempts where expires_at < now() limit most for update skip locked));
  get diagnostics deleted = row_count; deleted_from := 'sign_in_attempts'; return next;
  delete from local_sign_in_links where ctid = any (array(
    select ctid from local_sign_in_links where expires_at < now() limit most for update skip locked));
  get diagnostics deleted = row_count; deleted_from := 'local_sign_in_links'; return next;
  delete from idempotency_keys where ctid = any (array(
    select ctid from idempotency_keys where created_at < now() - interval '24 hours' limit most for update skip locked));
  get diagnostics deleted = row_count; deleted_from := 'idempotency_keys'; return next;
  -- An hour longer than it works: the page that shows how linking goes may still be open.
  delete from pairing_codes where ctid = any (array(
    select ctid from pairing_codes where expires_at < now() - interval '1 hour' limit most for update skip locked));
  get diagnostics deleted = row_count; deleted_from := 'pairing_codes'; return next;
  delete from events where ctid = any (array(
    select ctid from events where at < now() - interval '24 hours' limit most for update skip locked));
  get diagnostics deleted = row_count; deleted_from := 'events'; return next;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function delete_expired() from public;
grant execute on function delete_expired() to netpilot_service;
