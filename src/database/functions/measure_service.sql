-- What the operator's metrics say of all tenants together: numbers by name and label, nothing of anybody. Counted from what is stored, so
-- every process gives the same. What a worker would not take (of people who may not sign in) is not overdue.
create or replace function measure_service() returns table (name text, label text, value double precision)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.maintenance', 'on', true);
  return query
    with counted as materialized (
      select case when r.is_connected then r.connected_node end as node, count(*) filter (where r.is_active) as linked, count(*) as all_of_node
      from user_routers r group by 1
    )
    select 'routers_linked', '', coalesce(sum(c.linked), 0)::double precision from counted c
    union all
    select 'routers_connected', c.node::text, c.all_of_node::double precision from counted c where c.node is not null;
  return query
    with pending as materialized (
      select r.is_connected, p.pending_since
      from router_policies p join user_routers r on r.user_id = p.user_id and r.router_id = p.router_id
      where p.pending_since is not null and r.is_active
    ), measured as (
      select state.label, count(p.pending_since)::double precision as pending,
        coalesce(extract(epoch from clock_timestamp() - min(p.pending_since)), 0)::double precision as oldest
      from (values (true, 'connected'), (false, 'away')) state (is_connected, label)
      left join pending p on p.is_connected = state.is_connected
      group by state.label
    )
    select 'policies_pending', m.label, m.pending from measured m
    union all
    select 'policies_pending_oldest_seconds', m.label, m.oldest from measured m;
  return query
    select 'alerts_waiting', 'outbox', (select count(*) from alert_outbox)::double precision
    union all
    select 'alerts_waiting', 'delivery', (select count(*) from alert_deliveries where state = 'waiting')::double precision
    union all
    select 'alerts_overdue_seconds', 'outbox', coalesce(extract(epoch from clock_timestamp() - (
      select o.due_at from alert_outbox o
      join users m on m.id = o.member_id and m.is_active
      join users w on w.id = o.user_id and w.is_active
      where o.due_at <= now() order by o.due_at limit 1)), 0)::double precision
    union all
    select 'alerts_overdue_seconds', 'delivery', coalesce(extract(epoch from clock_timestamp() - (
      select c.next_at from alert_channels c
      join users m on m.id = c.member_id and m.is_active
      join users o on o.id = c.user_id and o.is_active
      where c.next_at <= now() and coalesce(c.claimed_until < now(), true) order by c.next_at limit 1)), 0)::double precision;
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function measure_service() from public;
grant execute on function measure_service() to netpilot_service;
