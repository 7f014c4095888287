-- What the rules of a home say that are in force, or will be, as load_home() gives it: null without any; only the devices that they name, if
-- none is about devices that nobody has seen.
create or replace function load_rules(of_user uuid, of_home uuid) returns jsonb
language sql stable as $$
  with rule as (
    select a.target, a.person_id, a.device_id from access_rules a
    where a.user_id = of_user and a.home_id = of_home and a.is_active
      -- To the end of the second, as load_home() cuts it.
      and (a.until_at is null or a.until_at > now() - interval '1 second')
  )
  select case when exists (select from rule) then (
    select to_jsonb(l) from load_home(of_user, of_home, null, case
      when not exists (select from rule where rule.target in ('everyone', 'network')) then array(
        select rule.device_id from rule where rule.device_id is not null
        union select d.id from user_devices d where d.user_id = of_user and d.person_id in (select rule.person_id from rule))
    end) l)
  end
$$;
