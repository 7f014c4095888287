-- What a home sees of its routers' rows: by a function, for all tables and partitions. Until here it was a subquery, which every plan had, whether a home is chosen or not.
do $$
declare
  policy record;
begin
  for policy in
    select polrelid::regclass as of_table, pg_get_expr(polqual, polrelid) as visible from pg_policy where polname = 'home'
  loop
    execute format('alter policy home on %s using (%s)', policy.of_table, regexp_replace(
      policy.visible, 'ARRAY\(\s*SELECT r\.router_id\s+FROM user_routers r\)', '(SELECT seen_routers())', 'g'));
  end loop;
end
$$;
