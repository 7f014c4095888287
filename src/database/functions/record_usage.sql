-- Stores a router's latest sample of what its devices used: {mac, down, up}. What devices used that are not known is left out.
create or replace function record_usage(
  owner_id uuid, at_router varchar, over_ms bigint, how_counted varchar, samples jsonb
) returns void
language plpgsql as $$
begin
  perform set_config('netpilot.user_id', owner_id::text, true);
  insert into router_usage (user_id, router_id, measured_at, milliseconds, counting, devices)
  select owner_id, at_router, now(), over_ms, how_counted, coalesce(jsonb_agg(u), '[]')
  from (
    select coalesce(d.shown_as, d.id) as device_id, sum(s.down) as down, sum(s.up) as up
    from jsonb_to_recordset(samples) s (mac macaddr, down bigint, up bigint)
    join user_devices d on d.user_id = owner_id and d.router_id = at_router and d.mac = s.mac
    group by 1
  ) u
  on conflict (user_id, router_id) do update
  set measured_at = excluded.measured_at, milliseconds = excluded.milliseconds, counting = excluded.counting,
    devices = excluded.devices;
end
$$;
