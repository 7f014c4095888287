-- Every user has a home.
create or replace function create_first_home() returns trigger
language plpgsql as $$
begin
  insert into homes (user_id) values (new.id);
  return null;
end
$$;
