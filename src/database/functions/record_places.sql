-- Stores where devices are: {mac, place}. Only what is somewhere else is written, or has a signal that is 10 dB another one; a
-- device that other ones are merged into has their place. Gives how many that are. Who is somewhere else makes an event;
-- who is on another network, a new document, if a rule of the home is about a network.
create or replace function record_places(owner_id uuid, at_router varchar, places jsonb, of_connection uuid default null) returns integer
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  changed integer;
  has_moved boolean;
begin
  perform set_config('netpilot.user_id', owner_id::text, true);
  if of_connection is not null and not is_counting(owner_id, at_router, of_connection) then
    return 0;
  end if;
  -- The lock of scans.
  perform from router_policies where user_id = owner_id and router_id = at_router for no key update;
  with said as (
    select distinct on (id) coalesce(d.shown_as, d.id) as id, s.place
    from jsonb_to_recordset(places) s (mac macaddr, place jsonb)
    join user_devices d on d.user_id = owner_id and d.router_id = at_router and d.mac = s.mac
  ), other as (
    select d.id, s.place, is_same_place(d.place, s.place) as is_there, d.place ->> 'since' as since,
      d.place ->> 'network' is distinct from s.place ->> 'network' as has_moved
    from said s join user_devices d on d.user_id = owner_id and d.id = s.id
    where not is_same_place(d.place, s.place)
      or abs((d.place ->> 'signal')::integer - (s.place ->> 'signal')::integer) >= 10
      or (d.place ->> 'signal' is null) <> (s.place ->> 'signal' is null)
  ), written as (
    update user_devices d
    set place = o.place || jsonb_build_object('since',
      case when o.is_there then o.since else to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end)
    from other o
    where d.user_id = owner_id and d.id = o.id
  ), event as (
    insert into events (user_id, type, router_id, subject_id, data)
    select owner_id, 'device.placed', at_router, o.id, '{}' from other o where not o.is_there
  )
  select count(*), coalesce(bool_or(o.has_moved), false) into changed, has_moved from other o;
  if has_moved then
    perform raise_home(owner_id, r.home_id, at_router, '{network}') from user_routers r
      where r.user_id = owner_id and r.router_id = at_router;
  end if;
  return changed;
end
$$;
