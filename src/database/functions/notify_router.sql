-- Tells every Commands-Server to look at one router again: "<user_id> <router_id>"; and, with the trigger's word `ask`, that
-- something besides its policy is wanted of it: "<user_id> <router_id> ask".
create or replace function notify_router() returns trigger
language plpgsql as $$
declare
  changed record;
begin
  if tg_op = 'DELETE' then changed := old; else changed := new; end if;
  if changed.router_id is not null then
    perform tell('netpilot_router', concat_ws(' ', changed.user_id, changed.router_id, tg_argv[0]));
  end if;
  return null;
end
$$;
