-- A router has come to another home: the rules about it and its devices come with it, but for one for new devices that is there already. Its
-- devices are nobody's there, but for people of that home.
create or replace function follow_router(of_user uuid, of_router varchar, to_home uuid) returns void
language sql as $$
  update access_rules a set home_id = to_home
  where a.user_id = of_user and a.home_id <> to_home
    and (a.router_id = of_router or a.device_id in (
      select d.id from user_devices d where d.user_id = of_user and d.router_id = of_router))
    and not exists (
      select from access_rules n
      where n.user_id = of_user and n.home_id = to_home and n.kind = 'new_device' and n.kind = a.kind
        and n.network = a.network and n.router_id = a.router_id);
  update user_devices d set person_id = null
  where d.user_id = of_user and d.router_id = of_router and d.person_id is not null and not exists (
    select from people p where p.user_id = of_user and p.id = d.person_id and p.home_id = to_home);
$$;
