-- An event for each new entry of the audit. One with an earlier time, or that an import restores, is not news.
create or replace function record_audit_events() returns trigger
language plpgsql as $$
begin
  insert into events (user_id, type, router_id, subject_id, data, home_id)
  select user_id, action, router_id, subject_id, details, home_id from entries where at = now() and imported_at is null;
  return null;
end
$$;
