-- After a home has another time zone, a router another home (with what is decided about it), and before a person goes, with the rules for it.
create or replace function raise_changed_home() returns trigger
language plpgsql as $$
begin
  case tg_table_name
    when 'homes' then perform raise_home(new.user_id, new.id);
    when 'people' then perform raise_home(old.user_id, old.home_id);
    else
      perform follow_router(new.user_id, new.router_id, new.home_id);
      update router_policies set policy_revision = policy_revision + 1
        where user_id = new.user_id and router_id = new.router_id
          and (has_rules(old.user_id, old.home_id) or has_rules(new.user_id, new.home_id));
  end case;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
