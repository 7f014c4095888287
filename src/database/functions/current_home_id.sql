-- The home that the transaction is limited to; null: all of the tenant's homes.
create or replace function current_home_id() returns uuid
language sql stable parallel safe
return nullif(current_setting('netpilot.home_id', true), '')::uuid;
