-- Stores samples of what the devices of routers used: as the latest of each router, and in its minute. Each is
-- {user_id, router_id, source, number, milliseconds, counting, devices: [{mac, down, up}]}; of a source those up to the number that is stored were counted
-- before, and are left out. What a router that is not there used is left out, too. Each row is written as its user, in the order of the
-- keys, so that several processes can do it at once.
create or replace function record_usage(samples jsonb) returns void
language plpgsql as $$
declare
  s record;
  minute timestamptz;
begin
  for s in
    select * from jsonb_to_recordset(samples) x (
      user_id uuid, router_id varchar, source uuid, number bigint, milliseconds bigint, counting varchar,
      devices jsonb)
    order by x.user_id, x.router_id, x.number
  loop
    perform set_config('netpilot.user_id', s.user_id::text, true);
    insert into router_usage as u (user_id, router_id, measured_at, milliseconds, counting, devices, source, number)
    select s.user_id, s.router_id, now(), s.milliseconds, s.counting, s.devices, s.source, s.number
    from user_routers r where r.user_id = s.user_id and r.router_id = s.router_id
    on conflict (user_id, router_id) do update
    set measured_at = excluded.measured_at, milliseconds = excluded.milliseconds, counting = excluded.counting,
      devices = excluded.devices, source = excluded.source, number = excluded.number
    where u.source <> excluded.source or u.number < excluded.number
    -- What is summed is not touched again.
    returning greatest(date_trunc('minute', now()), u.hours_until) into minute;
    continue when not found or s.devices = '[]' and s.counting = 'counted';
    insert into usage_minutes as m (user_id, router_id, at, is_partial, macs, down, up)
    select s.user_id, s.router_id, minute, s.counting = 'partly',
      coalesce(array_agg(d.mac), '{}'), coalesce(array_agg(d.down), '{}'), coalesce(array_agg(d.up), '{}')
    from jsonb_to_recordset(s.devices) d (mac macaddr, down bigint, up bigint)
    on conflict (user_id, router_id, at) do update
    set is_partial = m.is_partial or excluded.is_partial,
      (macs, down, up) = (select p.macs, p.down, p.up
        from pack_usage(m.macs || excluded.macs, m.down || excluded.down, m.up || excluded.up) p);
  end loop;
end
$$;
