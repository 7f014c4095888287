-- An event for each new entry of the audit. One that an import restores has an earlier time, and is no news.
create or replace function record_audit_events() returns trigger
language plpgsql as $$
begin
  insert into events (user_id, type, router_id, subject_id, data)
  select user_id, action, router_id, subject_id, details from entries where at = now();
  return null;
end
$$;
