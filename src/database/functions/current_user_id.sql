-- The user of this transaction. A pooled connection that once held the setting gives '' and not null afterwards, hence
-- nullif. Null matches no row: without the setting a query sees nothing.
create or replace function current_user_id() returns uuid
language sql stable parallel safe
return nullif(current_setting('netpilot.user_id', true), '')::uuid;
