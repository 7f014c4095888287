-- When a period of that zone begins: `hour` has the last 60 minutes, `day` the last 24 hours, `today`, `month` and `year` whole days of
-- the zone's calendar, the last of which is today.
create or replace function usage_since(period varchar, zone text) returns timestamptz
language sql stable as $$
  select case period
    when 'hour' then date_trunc('minute', now()) - interval '59 minutes'
    when 'day' then date_trunc('hour', now(), zone) - interval '23 hours'
    else ((now() at time zone zone)::date - case period when 'month' then 29 when 'year' then 364 else 0 end)::timestamp at time zone zone
  end
$$;
