-- Stores where devices are: {mac, place}. Only what is somewhere else is written, or has a signal that is 10 dB another one; a
-- device that other ones are merged into has their place. Gives how many that are.
create or replace function record_places(owner_id uuid, at_router varchar, places jsonb) returns integer
language plpgsql as $$
declare
  changed integer;
begin
  perform set_config('netpilot.user_id', owner_id::text, true);
  -- The lock of scans.
  perform from router_policies where user_id = owner_id and router_id = at_router for no key update;
  with said as (
    select distinct on (id) coalesce(d.shown_as, d.id) as id, s.place
    from jsonb_to_recordset(places) s (mac macaddr, place jsonb)
    join user_devices d on d.user_id = owner_id and d.router_id = at_router and d.mac = s.mac
  )
  update user_devices d
  set place = s.place || jsonb_build_object('since',
    case when is_same_place(d.place, s.place) then d.place ->> 'since'
      else to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') end)
  from said s
  where d.user_id = owner_id and d.id = s.id
    and (not is_same_place(d.place, s.place)
      or abs((d.place ->> 'signal')::integer - (s.place ->> 'signal')::integer) >= 10
      or (d.place ->> 'signal' is null) <> (s.place ->> 'signal' is null));
  get diagnostics changed = row_count;
  return changed;
end
$$;
