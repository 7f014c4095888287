-- The routers that this node should dial, or dial again now: nobody's to dial, or its own and changed a moment ago.
create or replace function pending_dials(node varchar) returns table (user_id uuid, router_id varchar)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.maintenance', 'on', true);
  return query
    select d.user_id, d.router_id
      from router_dials d join user_routers r on r.user_id = d.user_id and r.router_id = d.router_id
      where not r.is_connected
        and case when d.claimed_by = node and d.claimed_until > now() then r.updated_at > now() - interval '5 seconds'
          else coalesce(d.claimed_until < now(), true) and (r.is_active or r.updated_at > now() - interval '30 days') end;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function pending_dials(varchar) from public;
grant execute on function pending_dials(varchar) to netpilot_service;
