-- A router keeps this many devices that nobody has named, given to a person, listed, blocked, merged or imported: twice what one scan can
-- report. If newcomers make it more, those are deleted that are gone and were there for the shortest time, as made-up ones
-- are. Gives whether there are still too many: then each new one is not audited, but the crowd is, once a day.
create or replace function make_room(owner_id uuid, at_router varchar, seen_ids uuid[], newcomers bigint) returns boolean
language plpgsql as $$
declare
  most constant integer := 10000;
  is_crowded boolean;
begin
  -- Nearly always this is enough.
  if newcomers + (select count(*) from (
      select from user_devices where user_id = owner_id and router_id = at_router limit most) counted) <= most then
    return false;
  end if;
  with stranger as materialized (
    select d.id, d.is_online, d.first_seen, d.last_seen
    from user_devices d
    where d.user_id = owner_id and d.router_id = at_router and d.imported_at is null
      and d.device_name is null and d.device_type is null and d.person_id is null and d.shown_as is null and not d.is_router
      and not exists (select from user_devices p where p.user_id = owner_id and p.shown_as = d.id)
      and not exists (select from access_rules a where a.user_id = owner_id and a.device_id = d.id)
      and not exists (select from policy_targets e where e.user_id = owner_id and e.device_id = d.id)
  ), surplus as (
    select s.id from stranger s
    where not s.is_online and s.id <> all (array_remove(seen_ids, null))
    order by s.last_seen - s.first_seen, s.last_seen
    limit greatest(0, (select count(*) from stranger) + newcomers - most)
  ), forgotten as (
    delete from user_devices d using surplus where d.user_id = owner_id and d.id = surplus.id
  )
  select count(*) + newcomers > most into is_crowded from stranger;
  if is_crowded then
    insert into audit_entries (user_id, actor, action, router_id, details)
    select owner_id, 'router', 'router.crowded', at_router, jsonb_build_object('most', most)
    where coalesce(clock_timestamp() - interval '1 day' > (
      select a.at from audit_entries a
      where a.user_id = owner_id and a.router_id = at_router and a.action = 'router.crowded' and a.imported_at is null
      order by a.id desc limit 1), true);
  end if;
  return is_crowded;
end
$$;
