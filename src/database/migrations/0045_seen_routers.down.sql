do $$
declare
  policy record;
begin
  for policy in
    select polrelid::regclass as of_table, pg_get_expr(polqual, polrelid) as visible from pg_policy where polname = 'home'
  loop
    execute format('alter policy home on %s using (%s)', policy.of_table, regexp_replace(
      policy.visible, '\(\s*SELECT seen_routers\(\) AS seen_routers\)', 'array(select r.router_id from user_routers r)', 'g'));
  end loop;
end
$$;
