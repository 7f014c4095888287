-- Tells the Commands-Server that holds a router (or held it, if another one does now) to look at it again: "<user_id> <router_id>"; and, with the
-- trigger's word `ask`, that something besides its policy is wanted of it: "<user_id> <router_id> ask".
create or replace function notify_router() returns trigger
language plpgsql as $$
declare
  changed record;
  holder uuid;
begin
  if tg_op = 'DELETE' then changed := old; else changed := new; end if;
  if changed.router_id is null then return null; end if;
  -- Notifications go to all.
  if current_setting('netpilot.tells', true) <> '' then
    if tg_table_name = 'user_routers' then
      if old.is_connected then holder := (instance_of(old.connected_node)).instance; end if;
    else
      holder := (select h.instance from router_holder(changed.user_id, changed.router_id) h);
    end if;
  end if;
  perform tell('netpilot_router', concat_ws(' ', changed.user_id, changed.router_id, tg_argv[0]), holder);
  return null;
end
$$;
