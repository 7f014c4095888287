-- Of the connections that a node holds ({user_id, router_id, connection_id, fingerprint}), those that count no more: the router is deleted,
-- unlinked or connected elsewhere, its key is revoked, or its user is inactive.
create or replace function ended_connections(held jsonb) returns table (user_id uuid, router_id varchar)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.maintenance', 'on', true);
  return query
    select h.user_id, h.router_id
      from jsonb_to_recordset(held) h (user_id uuid, router_id varchar, connection_id uuid, fingerprint text)
      where not exists (
        select from user_routers r join users u on u.id = r.user_id
        where r.user_id = h.user_id and r.router_id = h.router_id and r.connection_id = h.connection_id
          and r.is_active and u.is_active
          and (h.fingerprint is null or exists (
            select from router_keys k
            where k.user_id = h.user_id and k.router_id = h.router_id
              and k.fingerprint = decode(h.fingerprint, 'hex') and k.revoked_at is null)));
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function ended_connections(jsonb) from public;
grant execute on function ended_connections(jsonb) to netpilot_service;
