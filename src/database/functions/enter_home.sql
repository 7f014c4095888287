-- Makes the transaction that of a home's owner, limited to this home, for a user who owns it or is a member of it. Gives
-- nothing if the user is neither, or the owner not active: then the transaction is the user's own, as it is without a home.
create or replace function enter_home(user_who_acts uuid, chosen_home uuid)
returns table (owner_id uuid, home_id uuid, role varchar, person_id uuid, actor_name varchar, owner_name varchar)
language plpgsql volatile as $$
declare
  membership home_members%rowtype;
begin
  perform set_config('netpilot.user_id', user_who_acts::text, true), set_config('netpilot.actor_id', user_who_acts::text, true),
    set_config('netpilot.home_id', '', true), set_config('netpilot.actor_name', '', true);
  if chosen_home is null then
    return;
  end if;
  if exists (select from homes h where h.user_id = user_who_acts and h.id = chosen_home) then
    perform set_config('netpilot.home_id', chosen_home::text, true);
    return query select user_who_acts, chosen_home, 'owner'::varchar, null::uuid, null::varchar, null::varchar;
    return;
  end if;
  select * into membership from home_members m where m.member_id = user_who_acts and m.home_id = chosen_home;
  if not found then
    return;
  end if;
  perform set_config('netpilot.user_id', membership.user_id::text, true);
  select coalesce(u.full_name, u.email) into owner_name from users u where u.id = membership.user_id and u.is_active;
  if not found then
    perform set_config('netpilot.user_id', user_who_acts::text, true);
    return;
  end if;
  perform set_config('netpilot.home_id', chosen_home::text, true),
    set_config('netpilot.actor_name', membership.member_name, true);
  return query select membership.user_id, chosen_home, membership.role, membership.person_id, membership.member_name, owner_name;
end
$$;
