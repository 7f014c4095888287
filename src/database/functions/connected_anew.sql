-- Of connections that a node has sent elsewhere, with their routers: those that another connection has taken the place of, or whose router is deleted.
create or replace function connected_anew(users uuid[], routers varchar[], sent uuid[]) returns table (connection_id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.maintenance', 'on', true);
  return query
    select s.connection_id
    from unnest(users, routers, sent) s (user_id, router_id, connection_id)
      left join user_routers r on r.user_id = s.user_id and r.router_id = s.router_id
    where r.user_id is null or r.is_connected and r.connection_id <> s.connection_id;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function connected_anew(uuid[], varchar[], uuid[]) from public;
grant execute on function connected_anew(uuid[], varchar[], uuid[]) to netpilot_service;
