-- Begins and ends stays; gives the devices that left.
create or replace function note_presence(
  owner_id uuid, at_router varchar, at_time timestamptz, is_complete boolean, seen_ids uuid[], seen_online boolean[]
) returns uuid[]
language plpgsql as $$
declare
  leavers uuid[];
  comers uuid[];
begin
  with seen as materialized (
    select u.id, bool_or(u.is_online) as is_online from unnest(seen_ids, seen_online) u(id, is_online) group by u.id
  ), gone as (
    update device_presence p set offline_at = greatest(p.online_at, at_time)
    where p.user_id = owner_id and p.router_id = at_router and p.offline_at is null
      and not exists (select from seen s where s.id = p.device_id and s.is_online)
      and (is_complete or exists (select from seen s where s.id = p.device_id))
    returning p.device_id
  ), come as (
    insert into device_presence (user_id, device_id, online_at, router_id)
    select owner_id, s.id, at_time, at_router
    from seen s
    where s.is_online and not exists (
      select from device_presence p
      where p.user_id = owner_id and p.router_id = at_router and p.device_id = s.id and p.offline_at is null)
    on conflict (user_id, device_id, online_at) do update set offline_at = null
    returning device_id
  )
  select (select array_agg(g.device_id) from gone g), (select array_agg(c.device_id) from come c)
    into leavers, comers;
  delete from device_presence p
  using (
    select c.id, (
      select b.online_at from device_presence b where b.user_id = owner_id and b.device_id = c.id
      order by b.online_at desc offset most_history() limit 1) as online_at
    from unnest(comers) c(id)
  ) kept
  where p.user_id = owner_id and p.device_id = kept.id and p.online_at <= kept.online_at;
  return leavers;
end
$$;
