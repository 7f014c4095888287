-- The routers connected to this node of which something is wanted: a policy that is neither applied nor refused, a scan, a newer agent; or, with
-- is_ask, something besides. The node looks at them every few seconds, because a hint may be lost.
create or replace function pending_routers(node varchar) returns table (user_id uuid, router_id varchar, is_ask boolean)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.maintenance', 'on', true);
  return query
    select p.user_id, p.router_id, false
      from router_policies p join user_routers r on r.user_id = p.user_id and r.router_id = p.router_id
      where p.pending_since is not null and p.refused_revision is distinct from p.policy_revision
        and r.is_connected and r.connected_node = node
    union
    select r.user_id, r.router_id, r.is_asked and r.scan_wanted_at is null and r.update_state is distinct from 'wanted'
      from user_routers r
      where (r.is_asked or r.scan_wanted_at is not null or r.update_state = 'wanted')
        and r.is_connected and r.connected_node = node
    union
    select d.user_id, d.router_id, true
      from user_devices d join user_routers r on r.user_id = d.user_id and r.router_id = d.router_id
      where d.wake_wanted_at is not null and r.is_connected and r.connected_node = node;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function pending_routers(varchar) from public;
grant execute on function pending_routers(varchar) to netpilot_service;
