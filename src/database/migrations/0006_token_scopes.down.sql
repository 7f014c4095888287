-- The program before this one has no scopes: a token that was limited would have every right.
select set_config('netpilot.maintenance', 'on', true);
delete from user_sessions where router_id is not null or not scopes @> array['read', 'control', 'manage', 'account']::varchar[];
select set_config('netpilot.maintenance', '', true);
alter table user_sessions drop column scopes, drop column router_id, drop column created_by;
