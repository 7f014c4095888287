-- Of the connections that a node holds, those that count no more: the router is deleted, unlinked or connected elsewhere, or its user is inactive. With a
-- fingerprint (in hexadecimal): only if it was opened with that key, which is revoked. One statement for all of a node, so that it costs little for each. (Hashed
-- subqueries, because joins of arrays are planned for ten elements.)
create or replace function ended_connections(of_node varchar, held uuid[]) returns table (connection_id uuid, fingerprint text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.maintenance', 'on', true);
  return query
    select h.id, null::text from unnest(held) h (id)
      where (h.id in (
        select r.connection_id from user_routers r
        where r.is_connected and r.connected_node = of_node and r.is_active
          and r.user_id not in (select u.id from users u where not u.is_active))) is not true
    union all
    select r.connection_id, encode(k.fingerprint, 'hex')
      from router_keys k join user_routers r on r.user_id = k.user_id and r.router_id = k.router_id
      -- Who is being connected with it while it is revoked, too.
      where k.revoked_at is not null and k.revoked_at > r.connected_at - interval '1 minute' and r.is_connected and r.connected_node = of_node;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function ended_connections(varchar, uuid[]) from public;
grant execute on function ended_connections(varchar, uuid[]) to netpilot_service;
