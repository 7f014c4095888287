-- A router that is not told its home comes to the user's first one.
create or replace function place_router_in_home() returns trigger
language plpgsql as $$
begin
  if new.home_id is null then
    select h.id into new.home_id from homes h where h.user_id = new.user_id order by h.created_at, h.id limit 1;
  end if;
  return new;
end
$$;
