-- Whether a home has rules that are in force, or will be; only those about one of the targets, if some are named.
create or replace function has_rules(of_user uuid, of_home uuid, about text[] default null) returns boolean
language sql stable as $$
  select exists (
    select from access_rules a
    where a.user_id = of_user and a.home_id = of_home and a.is_active
      and (a.until_at is null or a.until_at > now()) and (about is null or a.target = any (about)))
$$;
