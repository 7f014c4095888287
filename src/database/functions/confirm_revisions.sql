-- Many routers have applied a revision: stored in one commit, with the lines of its document that each refused (line, reason, address), and an event.
-- Each is {user_id, router_id, connection_id, revision, refused}. Does nothing for a connection that counts no more, or if the policy never had that
-- revision. Each line gets the device that has the address now. Gives the place among them, from 1, for how many seconds the router had something to
-- do, and whether it was connected all that time, of those that had. All rows are locked, in one order, before the first counter of events is
-- (docs/decisions/0015), so that these events have their numbers from the beginning. With a longest wait, it fails if somebody holds one of them for longer.
create or replace function confirm_revisions(confirmed jsonb, longest_wait text default null)
returns table (place integer, waited double precision, was_connected boolean)
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  one record;
begin
  if longest_wait is not null then
    perform set_config('lock_timeout', longest_wait, true);
  end if;
  perform set_config('netpilot.maintenance', 'on', true);
  perform tell_gathered(true);
  for one in
    with said as materialized (
      select distinct on (2, 3) c.ordinality::integer as place, (c.value ->> 'user_id')::uuid as user_id, (c.value ->> 'router_id')::varchar as router_id,
        (c.value ->> 'connection_id')::uuid as connection_id, (c.value ->> 'revision')::bigint as revision, c.value -> 'refused' as refused
      from jsonb_array_elements(confirmed) with ordinality c order by 2, 3, 5 desc
    ), held as materialized (
      -- One by one: a plan made while there were few routers would read all of them.
      select s.*, h.pending_since, h.connected_at
      from said s cross join lateral (
        select p.pending_since, r.connected_at
        from router_policies p join user_routers r on r.user_id = p.user_id and r.router_id = p.router_id join users u on u.id = p.user_id
        where p.user_id = s.user_id and p.router_id = s.router_id and p.policy_revision >= s.revision and r.connection_id = s.connection_id
        -- What an event's foreign keys lock is locked first, too.
        for key share of u for key share of r for no key update of p
      ) h
    ), applied as (
      update router_policies p
        set applied_revision = h.revision, applied_at = now(), refused_revision = null, refused_reason = null,
          -- Of what has come after it, since the first of it.
          pending_since = case when p.policy_revision > h.revision then coalesce((
            select min(e.at) from events e
            where e.user_id = h.user_id and e.router_id = h.router_id and e.type = 'policy.pending'
              and (e.data ->> 'policy_revision')::bigint > h.revision), p.pending_since) end,
          refused_lines = coalesce((
            select jsonb_agg(line || jsonb_build_object('device_id', (
              select coalesce(d.shown_as, d.id) from user_devices d
              where d.user_id = h.user_id and d.router_id = h.router_id
                and (d.mac::text = line ->> 'address' or d.holds_ip and host(d.ip) = line ->> 'address')
              order by d.last_seen desc limit 1)) order by of_document.place)
            from jsonb_array_elements(h.refused) with ordinality of_document (line, place)), '[]')
        from held h
        where p.user_id = h.user_id and p.router_id = h.router_id
        returning h.*
    ), counter as (
      insert into event_counters (user_id, last_number)
        select a.user_id, count(*) from applied a group by a.user_id order by a.user_id
        on conflict (user_id) do update set last_number = event_counters.last_number + excluded.last_number
        returning user_id, last_number
    ), event as (
      insert into events (user_id, type, router_id, data, number)
        select a.user_id, 'policy.applied', a.router_id, jsonb_build_object('applied_revision', a.revision),
          c.last_number + 1 - row_number() over (partition by a.user_id order by a.router_id desc)
        from applied a join counter c on c.user_id = a.user_id
    )
    select a.place, a.user_id, a.pending_since, a.connected_at from applied a
  loop
    perform tell('netpilot_events', one.user_id::text);
    if one.pending_since is not null then
      place := one.place;
      waited := extract(epoch from clock_timestamp() - one.pending_since);
      was_connected := coalesce(one.connected_at <= one.pending_since, false);
      return next;
    end if;
  end loop;
  perform tell_gathered(false);
  perform set_config('netpilot.maintenance', '', true);
end
$$;
revoke execute on function confirm_revisions(jsonb, text) from public;
grant execute on function confirm_revisions(jsonb, text) to netpilot_service;
