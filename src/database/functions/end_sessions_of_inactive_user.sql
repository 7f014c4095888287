-- A user who becomes inactive loses every session.
create or replace function end_sessions_of_inactive_user() returns trigger
language plpgsql as $$
begin
  update user_sessions set is_active = false where user_id = new.id and is_active;
  return null;
end
$$;
