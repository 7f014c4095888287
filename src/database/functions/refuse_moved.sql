-- Who waited for the counter while the user was moved has changed what counts no more.
create or replace function refuse_moved() returns trigger
language plpgsql as $$
begin
  raise exception 'this user has been moved to another cell' using errcode = 'NP001';
end
$$;
