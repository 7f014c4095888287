-- Says that something may be other than it was: by a notification, which goes out as the transaction commits. A connection that tells others
-- itself, after the commit, gets a notice instead (docs/decisions/0046): NOTIFY takes a lock of the whole server, and holds it until
-- the commit is on the disk.
create or replace function tell(channel text, payload text) returns void
language plpgsql as $$
begin
  if current_setting('netpilot.tells', true) = 'on' then
    raise notice 'netpilot hint' using detail = channel || ' ' || payload;
  else
    perform pg_notify(channel, payload);
  end if;
end
$$;
