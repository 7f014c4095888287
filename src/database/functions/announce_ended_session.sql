-- An event stream ends with its session, whether its user, the operator or the user's deletion ends that.
create or replace function announce_ended_session() returns trigger
language plpgsql as $$
begin
  perform tell('netpilot_events', old.user_id::text);
  return null;
end
$$;
