-- Backup, restore and the operator's commands work on every tenant's rows. Only the owner's policies
-- ask for this, so the service gains nothing by setting it.
create or replace function maintenance_is_on() returns boolean
language sql stable parallel safe
return coalesce(current_setting('netpilot.maintenance', true), '') = 'on';
