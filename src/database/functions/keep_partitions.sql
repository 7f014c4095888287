-- Makes a partition that is missing (of events for each day, two days ahead; of the audit for each year, one ahead), or drops one of which all
-- events are older than a day. One at a time, so that nobody waits for long; gives its name. Null if there is nothing to do, or not now: another
-- process does it, or somebody uses the table for longer than all others should wait. Until it is done the default partition has what fits in no other.
create or replace function keep_partitions() returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set lock_timeout = '100ms' as $$
declare
  missing record;
  expired text;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('netpilot.partitions', 0)) then
    return null;
  end if;
  select of_table, format('%s_%s', of_table, to_char(starts_at, suffix)) as name,
    first_id_at(starts_at at time zone 'UTC') as from_id, first_id_at((starts_at + length) at time zone 'UTC') as to_id
  into missing
  from (values ('events'::regclass, interval '1 day', 'day', 'YYYYMMDD', 2), ('audit_entries', interval '1 year', 'year', 'YYYY', 1))
    kept (of_table, length, unit, suffix, ahead)
  cross join generate_series(0, ahead) place
  cross join lateral (select date_trunc(unit, now() at time zone 'UTC') + place * length) period (starts_at)
  where not exists (
    select from partitions_of(of_table) p
    where not p.is_default
      and coalesce(p.from_id < first_id_at((starts_at + length) at time zone 'UTC'), true)
      and coalesce(p.to_id > first_id_at(starts_at at time zone 'UTC'), true))
  order by starts_at limit 1;
  if found then
    perform set_config('netpilot.maintenance', 'on', true);
    perform add_partition(missing.of_table, missing.name, missing.from_id, missing.to_id);
    perform set_config('netpilot.maintenance', '', true);
    return missing.name;
  end if;
  select p.partition::text into expired from partitions_of('events') p
    where p.to_id <= first_id_at(now() - interval '24 hours') order by p.to_id limit 1;
  if found then
    execute format('drop table %s', expired);
  end if;
  return expired;
exception when lock_not_available or deadlock_detected then
  return null;
end
$$;
revoke execute on function keep_partitions() from public;
grant execute on function keep_partitions() to netpilot_service;
