-- A user who becomes inactive loses every session, and the connections of their routers.
create or replace function end_sessions_of_inactive_user() returns trigger
language plpgsql as $$
begin
  update user_sessions set is_active = false where user_id = new.id and is_active;
  perform tell('netpilot_router', r.user_id || ' ' || r.router_id) from user_routers r where r.user_id = new.id;
  return null;
end
$$;
