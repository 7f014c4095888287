-- Gives weekly windows back as they are: [{"days": [1..7], "from": "21:00", "to": "07:00"}], 40 at most; null: none. Raises invalid_parameter_value for
-- anything else, which nobody could expand.
create or replace function require_weekly_windows(windows jsonb) returns jsonb
language plpgsql immutable as $$
begin
  if windows is null or jsonb_typeof(windows) = 'array' and jsonb_array_length(windows) between 1 and 40 and not exists (
    select from jsonb_array_elements(windows) w
    where (jsonb_typeof(w) = 'object' and w ?& '{days,from,to}' and w - '{days,from,to}'::text[] = '{}'
      and w ->> 'from' ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' and w ->> 'to' ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
      and jsonb_typeof(w -> 'days') = 'array' and w -> 'days' <> '[]' and w -> 'days' <@ '[1, 2, 3, 4, 5, 6, 7]'
      and jsonb_array_length(w -> 'days') <= 7) is not true)
  then
    return windows;
  end if;
  raise exception 'windows of a rule are weekly windows' using errcode = 'invalid_parameter_value';
end
$$;
