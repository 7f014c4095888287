-- From here to the end of this transaction, or to the next call, what tell() says on a connection that tells others itself is gathered; gives a notice of
-- what was gathered before.
create or replace function tell_gathered(begins boolean) returns void
language plpgsql as $$
begin
  if begins and current_setting('netpilot.tells', true) = 'on' then
    perform set_config('netpilot.tells', 'gathered', true);
  elsif not begins and current_setting('netpilot.tells', true) = 'gathered' then
    if current_setting('netpilot.gathered', true) <> '' then
      raise notice 'netpilot hint' using detail = rtrim(current_setting('netpilot.gathered', true), E'\n');
    end if;
    perform set_config('netpilot.gathered', '', true);
    perform set_config('netpilot.tells', 'on', true);
  end if;
end
$$;
