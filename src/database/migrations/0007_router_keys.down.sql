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
  perform set_config('netpilot.maintenance', '', true);
end
$$;

drop table pairing_codes;
drop table router_keys;
