-- Notes where devices do not answer any more, and after a complete scan which addresses they do not have any more; gives
-- these devices. Until now what was online counted as seen by the last complete scan; from here the row says when it was.
-- (Hashed subqueries, because joins of arrays are planned for ten elements.)
create or replace function release_addresses(
  owner_id uuid, at_router varchar, scanned_before timestamptz, is_complete boolean, seen_ids uuid[], seen_ips inet[],
  seen_online boolean[]
) returns uuid[]
language plpgsql as $$
declare
  leavers uuid[];
begin
  if not is_complete then
    with gone as (
      update device_addresses a set is_online = false, last_seen = greatest(a.last_seen, scanned_before)
      from (
        select s.id, s.ip from unnest(seen_ids, seen_ips, seen_online) s(id, ip, is_online)
        group by s.id, s.ip having not bool_or(s.is_online)
      ) left_behind
      where a.user_id = owner_id and a.device_id = left_behind.id and a.ip = left_behind.ip and a.is_online
      returning a.device_id
    )
    select array_agg(g.device_id) into leavers from gone g;
    return coalesce(leavers, '{}');
  end if;
  with gone as (
    update device_addresses a
    set is_online = false, last_seen = case when a.is_online then greatest(a.last_seen, scanned_before) else a.last_seen end,
      -- A device that is not in the scan keeps its addresses until another one has them.
      is_current = a.device_id not in (select unnest(seen_ids))
        or (a.device_id, a.ip) in (select s.id, s.ip from unnest(seen_ids, seen_ips) s(id, ip))
    where a.user_id = owner_id and a.router_id = at_router and a.is_current
      and (a.is_online and ((a.device_id, a.ip) in (
          select s.id, s.ip from unnest(seen_ids, seen_ips, seen_online) s(id, ip, is_online) where s.is_online)) is not true
        or (a.device_id in (select unnest(seen_ids))) is true
          and ((a.device_id, a.ip) in (select s.id, s.ip from unnest(seen_ids, seen_ips) s(id, ip))) is not true)
    returning a.device_id
  )
  select array_agg(g.device_id) into leavers from gone g;
  return coalesce(leavers, '{}');
end
$$;
