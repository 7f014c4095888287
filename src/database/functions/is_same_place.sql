-- Whether a device that was in one place has not moved: its signal and its rates change all the time.
create or replace function is_same_place(before jsonb, now jsonb) returns boolean
language sql immutable as $$
  select coalesce(before - '{signal,down,up,since}'::text[] = now - '{signal,down,up,since}'::text[], false)
$$;
