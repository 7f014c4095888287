-- An instant in whole seconds of the epoch, which routers compare: the one before it (`down`) or after it (`up`), if it is not whole. It
-- has at most eleven digits; null stays null.
create or replace function whole_second(at timestamptz, direction text) returns bigint
language sql immutable as $$
  select case
    when at = 'infinity' or extract(epoch from at) > 99999999999 then 99999999999
    when at = '-infinity' or extract(epoch from at) < 0 then 0
    when direction = 'up' then ceil(extract(epoch from at))::bigint
    else floor(extract(epoch from at))::bigint
  end
$$;
