-- How honest the usage of routers since then is: `none` if none of them counts; `partly` if packets are known to be missing, now or then, or if a
-- router that is not an access point does not count; else `counted`.
create or replace function usage_counting(of_user uuid, of_routers varchar[], since timestamptz, step text, zone text) returns text
language sql stable as $$
  select case
    when not bool_or(u.router_id is not null) or count(*) = 0 then 'none'
    when bool_or(u.counting = 'partly')
      or bool_or(u.router_id is null and r.is_active and r.last_seen is not null and f.internet is distinct from 'none')
      or exists (select from usage_minutes m where m.user_id = of_user and m.router_id = any (of_routers) and m.is_partial
        and m.at >= greatest(since, now() - interval '2 hours'))
      or step <> 'minute' and exists (select from usage_hours h where h.user_id = of_user and h.router_id = any (of_routers) and h.is_partial
        and h.at >= greatest(since, now() - interval '49 hours'))
      or step = 'day' and exists (select from usage_days d where d.user_id = of_user and d.router_id = any (of_routers) and d.is_partial
        and d.day >= (since at time zone zone)::date)
      then 'partly'
    else 'counted'
  end
  from user_routers r
  left join router_usage u on u.user_id = r.user_id and u.router_id = r.router_id
  left join router_facts f on f.user_id = r.user_id and f.router_id = r.router_id
  where r.user_id = of_user and r.router_id = any (of_routers)
$$;
