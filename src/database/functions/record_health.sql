-- Stores how the internet answered a router: {target, loss, round_trip}, the latest of each target that it was asked for (`usual` if
-- its owner has chosen none). The internet is down once two measurements in a row found nobody, of all targets, and up with the
-- first one that finds somebody. Gives how often that changed.
create or replace function record_health(owner_id uuid, at_router varchar, usual inet[], samples jsonb, of_connection uuid default null) returns integer
language plpgsql as $$
declare
  this_hour constant timestamptz := date_trunc('hour', now(), 'UTC');
  -- The five numbers of this step come after so many.
  place constant integer := 5 * (extract(minute from now())::integer / 5);
  -- What was measured before says nothing of now.
  recently constant timestamptz := now() - interval '5 minutes';
  asked inet[];
  connected_since timestamptz;
  measured real[];
  is_answered boolean;
  down_since timestamptz;
begin
  perform set_config('netpilot.user_id', owner_id::text, true);
  -- A router of which the connection has ended says nothing of now.
  select coalesce(r.health_targets, usual), r.connected_at into asked, connected_since from user_routers r
    where r.user_id = owner_id and r.router_id = at_router and r.is_connected
      and (of_connection is null or r.connection_id = of_connection);

  with sample as materialized (
    select s.target, s.loss, s.round_trip
    from jsonb_to_recordset(samples) s (target inet, loss smallint, round_trip real)
    where s.target = any (asked)
  ), stored as (
    insert into router_health as h (user_id, router_id, target, loss, round_trip, failed, failed_since)
    select owner_id, at_router, s.target, s.loss, s.round_trip, (s.loss = 100)::integer, case when s.loss = 100 then now() end
    from sample s order by s.target
    on conflict (user_id, router_id, target) do update
    set measured_at = now(), loss = excluded.loss, round_trip = excluded.round_trip,
      failed = case when excluded.failed = 0 or h.measured_at < recently then excluded.failed else least(h.failed, 30000) + 1 end,
      failed_since = case when excluded.failed = 0 or h.measured_at < recently then excluded.failed_since
        else coalesce(h.failed_since, now()) end
  )
  select array[count(*), sum(s.loss), count(s.round_trip), coalesce(sum(s.round_trip), 0), coalesce(max(s.round_trip), 0)]::real[],
    bool_or(s.loss < 100)
    into measured, is_answered from sample s;
  if is_answered is null then
    return 0;
  end if;

  insert into router_health_hours as h (user_id, router_id, hour, steps)
  values (owner_id, at_router, this_hour,
    array_fill(0::real, array[place]) || measured || array_fill(0::real, array[55 - place]))
  on conflict (user_id, router_id, hour) do update
  set steps = h.steps[:place]
    || array[h.steps[place + 1] + measured[1], h.steps[place + 2] + measured[2], h.steps[place + 3] + measured[3],
      h.steps[place + 4] + measured[4], greatest(h.steps[place + 5], measured[5])]
    || h.steps[place + 6:]
  where h.minutes = 5;

  if is_answered then
    -- Somebody answers: what nobody answered before counts no more.
    update router_health h set failed = 0, failed_since = null
      where h.user_id = owner_id and h.router_id = at_router and h.failed > 0;
    update router_outages o set until_at = now()
      where o.user_id = owner_id and o.router_id = at_router and o.until_at is null and o.kind = 'internet_down'
      returning o.from_at into down_since;
    if not found then
      return 0;
    end if;
    insert into events (user_id, type, router_id, data)
      values (owner_id, 'router.internet_up', at_router, jsonb_build_object('since', down_since));
    return 1;
  end if;

  select greatest(min(h.failed_since), connected_since) into down_since from router_health h
    where h.user_id = owner_id and h.router_id = at_router and h.target = any (asked) and h.failed > 0 and h.measured_at >= recently
    having count(*) = cardinality(asked) and sum(h.failed) >= 2;
  if down_since is null then
    return 0;
  end if;
  insert into router_outages (user_id, router_id, kind, from_at) values (owner_id, at_router, 'internet_down', down_since)
    on conflict do nothing;
  if not found then
    return 0;
  end if;
  insert into events (user_id, type, router_id, data)
    values (owner_id, 'router.internet_down', at_router, jsonb_build_object('since', down_since));
  return 1;
end
$$;
