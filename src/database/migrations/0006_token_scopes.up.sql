-- What an API token may do, for which router, and the session that made it. Tokens from before keep every right.
alter table user_sessions
  add column scopes varchar(20)[],
  add column router_id varchar(255),
  -- The public name of the session that made the token.
  add column created_by varchar(255);
select set_config('netpilot.maintenance', 'on', true);
update user_sessions set scopes = array['read', 'control', 'manage', 'account'] where token_name is not null;
select set_config('netpilot.maintenance', '', true);
alter table user_sessions
  -- `read` is part of each of the others.
  add constraint user_sessions_scopes check (
    (scopes is null) = (token_name is null)
    and scopes <@ array['read', 'control', 'manage', 'account']::varchar[] and 'read' = any (scopes)),
  -- An account is not a router's.
  add constraint user_sessions_of_router check (router_id is null or 'account' <> all (scopes)),
  -- A token for one router ends with it: without the router it must not reach all of them.
  add foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade;
create index user_sessions_router on user_sessions (user_id, router_id) where router_id is not null;
create index user_sessions_created_by on user_sessions (user_id, created_by) where created_by is not null;
