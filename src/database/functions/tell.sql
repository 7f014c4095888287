-- Says that something may be other than it was: by a notification, which goes out as the transaction commits. A connection that tells others
-- itself, after the commit, gets a notice instead (docs/decisions/0046): NOTIFY takes a lock of the whole server, and holds it until
-- the commit is on the disk. Each notice is sent at once: a function that says much gathers it, a line each, for one notice (tell_gathered).
create or replace function tell(channel text, payload text) returns void
language plpgsql as $$
begin
  case current_setting('netpilot.tells', true)
    when 'on' then raise notice 'netpilot hint' using detail = channel || ' ' || payload;
    when 'gathered' then perform set_config('netpilot.gathered', concat(current_setting('netpilot.gathered', true), channel, ' ', payload, E'\n'), true);
    else perform pg_notify(channel, payload);
  end case;
end
$$;
