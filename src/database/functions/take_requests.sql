-- What is wanted of a linked router besides its policy, as the user; no row if the user does not have it. A device that somebody wants to wake is
-- given once, and not if its router was away for the minute after that.
create or replace function take_requests(of_user uuid, of_router varchar)
returns table (usage_seconds integer, health_targets text[], wake text[])
language plpgsql volatile as $$
#variable_conflict use_column
declare
  macs text[];
begin
  perform set_config('netpilot.user_id', of_user::text, true);
  update user_routers r set is_asked = false where r.user_id = of_user and r.router_id = of_router and r.is_asked;
  with wanted as (
    update user_devices d set wake_wanted_at = null
    from (
      select id, wake_wanted_at from user_devices
      where user_id = of_user and router_id = of_router and wake_wanted_at is not null
    ) asked
    where d.user_id = of_user and d.id = asked.id
    returning d.id, asked.wake_wanted_at > now() - interval '1 minute' as is_fresh
  )
  select array_agg(distinct d.mac::text) into macs
  from wanted w join user_devices d on d.user_id = of_user and w.id in (d.id, d.shown_as) and d.mac is not null
  where w.is_fresh;
  return query
    select greatest(0, least(600, ceil(extract(epoch from r.usage_wanted_until - now()))))::integer,
      case when r.health_targets is not null then array(select host(t) from unnest(r.health_targets) t) end, coalesce(macs, '{}')
    from user_routers r
    where r.user_id = of_user and r.router_id = of_router and r.is_active;
end
$$;
