-- What the usage of a period is summed by: minute, hour, or day.
create or replace function usage_step(period varchar) returns text
language sql immutable as $$
  select case period when 'hour' then 'minute' when 'today' then 'hour' when 'day' then 'hour' else 'day' end
$$;
