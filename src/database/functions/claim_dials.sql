-- Claims for this node the routers to dial, for so many seconds: its own, and those of no node or of one whose claim is
-- over (it died). With 0 it gives up its own. An unlinked router is dialled for 30 more days, to be told so.
create or replace function claim_dials(node varchar, seconds integer) returns table (user_id uuid, router_id varchar)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.maintenance', 'on', true);
  return query
    update router_dials d set claimed_by = node, claimed_until = now() + make_interval(secs => seconds)
      from user_routers r
      where r.user_id = d.user_id and r.router_id = d.router_id
        and (r.is_active or r.updated_at > now() - interval '30 days')
        and (d.claimed_by = node or (seconds > 0 and coalesce(d.claimed_until < now(), true)))
      returning d.user_id, d.router_id;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function claim_dials(varchar, integer) from public;
grant execute on function claim_dials(varchar, integer) to netpilot_service;
