-- The user who acts in this transaction: the tenant, or a member of one of the tenant's homes.
create or replace function current_actor_id() returns uuid
language sql stable parallel safe
return coalesce(nullif(current_setting('netpilot.actor_id', true), ''), nullif(current_setting('netpilot.user_id', true), ''))::uuid;
