-- A time zone as PostgreSQL names it: UTC if nobody has said one or it is not known here. Of offsets such as +05:30, which POSIX
-- counts the other way, the sign is turned.
create or replace function usage_zone(timezone varchar) returns text
language plpgsql stable as $$
declare
  zone text := case when timezone ~ '^[+-]' then translate(timezone, '+-', '-+') else coalesce(timezone, 'UTC') end;
begin
  perform now() at time zone zone;
  return zone;
exception when invalid_parameter_value then
  return 'UTC';
end
$$;
