-- A stream ends with its session, whoever ends it: its user, the operator, or the user's deletion.
create or replace function announce_ended_session() returns trigger
language plpgsql as $$
begin
  perform pg_notify('netpilot_events', old.user_id::text);
  return null;
end
$$;
