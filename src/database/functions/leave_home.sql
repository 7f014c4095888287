-- A router that comes to another home leaves behind who its devices belong to and the rules for them: they are the old home's.
create or replace function leave_home() returns trigger
language plpgsql as $$
begin
  update user_devices d set person_id = null
    where d.user_id = new.user_id and d.router_id = new.router_id and d.person_id is not null;
  delete from access_rules a
    where a.user_id = new.user_id and a.home_id = old.home_id
      and (a.router_id = new.router_id or a.device_id in (
        select d.id from user_devices d where d.user_id = new.user_id and d.router_id = new.router_id));
  if not found then
    return null;
  end if;
  update router_policies p set policy_revision = p.policy_revision + 1
    where p.user_id = new.user_id and p.router_id = new.router_id;
  return null;
end
$$;
