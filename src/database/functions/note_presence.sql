-- Begins and ends stays; gives the devices that came or left. An event ends a stay only when the device is online at no address
-- any more: one of several may go, as temporary ones do. (Hashed subqueries, because joins of arrays are planned for ten
-- elements.)
create or replace function note_presence(
  owner_id uuid, at_router varchar, at_time timestamptz, is_complete boolean, seen_ids uuid[], seen_online boolean[]
) returns uuid[]
language plpgsql as $$
declare
  leavers uuid[];
  comers uuid[];
begin
  with gone as (
    update device_presence p set offline_at = greatest(p.online_at, at_time)
    where p.user_id = owner_id and p.router_id = at_router and p.offline_at is null
      and (p.device_id in (select s.id from unnest(seen_ids, seen_online) s(id, is_online) where s.is_online)) is not true
      and (is_complete or (p.device_id in (select unnest(seen_ids))) is true and not exists (
        select from device_addresses a
        where a.user_id = owner_id and a.device_id = p.device_id and a.is_current and a.is_online))
    returning p.device_id
  ), come as (
    insert into device_presence (user_id, device_id, online_at, router_id)
    select distinct owner_id, s.id, at_time, at_router
    from unnest(seen_ids, seen_online) s(id, is_online)
    where s.is_online and (s.id in (
      select p.device_id from device_presence p
      where p.user_id = owner_id and p.router_id = at_router and p.offline_at is null)) is not true
    on conflict (user_id, device_id, online_at) do update set offline_at = null
    returning device_id
  )
  select (select array_agg(g.device_id) from gone g), (select array_agg(c.device_id) from come c)
    into leavers, comers;
  -- (Materialized: otherwise it is found out again for each stay.)
  with kept as materialized (
    select c.id, (
      select b.online_at from device_presence b where b.user_id = owner_id and b.device_id = c.id
      order by b.online_at desc offset most_history() limit 1) as online_at
    from unnest(comers) c(id)
  )
  delete from device_presence p using kept
  where kept.online_at is not null and p.user_id = owner_id and p.device_id = kept.id and p.online_at <= kept.online_at;
  return coalesce(leavers, '{}') || coalesce(comers, '{}');
end
$$;
