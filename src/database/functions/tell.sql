-- Says that something may be other than it was: by a notification, which goes out as the transaction commits. A connection that tells others
-- itself, after the commit, gets a notice instead (docs/decisions/0046), with the instance that it is for: NOTIFY takes a lock of the whole server, and holds
-- it until the commit is on the disk. Each notice is sent at once: a function that says much to all gathers it, a line each, for one notice (tell_gathered).
create or replace function tell(channel text, payload text, instance uuid default null) returns void
language plpgsql as $$
declare
  way text := coalesce(current_setting('netpilot.tells', true), '');
begin
  if way = 'gathered' and instance is null then
    perform set_config('netpilot.gathered', concat(current_setting('netpilot.gathered', true), channel, ' ', payload, E'\n'), true);
  elsif way in ('on', 'gathered') then
    raise notice 'netpilot hint' using detail = channel || ' ' || payload, hint = coalesce(instance::text, '');
  else
    perform pg_notify(channel, payload);
  end if;
end
$$;
