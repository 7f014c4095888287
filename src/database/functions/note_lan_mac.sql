-- A router says another MAC of its LAN than before (null: it has said none): the audit has it, and which other routers of the user say the same.
create or replace function note_lan_mac(of_user uuid, of_router varchar, before macaddr, lan macaddr) returns void
language plpgsql as $$
declare
  others jsonb;
begin
  if before is not null then
    insert into audit_entries (user_id, actor, action, router_id, details)
      values (of_user, 'router', 'router.lan_changed', of_router, jsonb_build_object('before', before, 'after', lan));
  end if;
  select jsonb_agg(r.router_id order by r.router_id) into others from user_routers r
    where r.user_id = of_user and r.lan_mac = lan and r.is_active and r.router_id <> of_router;
  if others is not null then
    insert into audit_entries (user_id, actor, action, router_id, details)
      values (of_user, 'router', 'router.lan_mac_shared', of_router, jsonb_build_object('lan_mac', lan, 'routers', others));
  end if;
end
$$;
