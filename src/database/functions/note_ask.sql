-- Somebody asks something of a router besides its policy: kept until take_requests() has it.
create or replace function note_ask() returns trigger
language plpgsql as $$
begin
  new.is_asked := true;
  return new;
end
$$;
