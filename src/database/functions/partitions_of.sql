-- The partitions of a table, each with the first of its ids and the first one after them: null where it has no such bound. The default one has
-- neither, and comes last.
create or replace function partitions_of(parent regclass)
returns table (partition regclass, from_id uuid, to_id uuid, is_default boolean)
language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  select c.oid::regclass, substring(bound from $r$FROM \('([0-9a-f-]+)'\)$r$)::uuid, substring(bound from $r$TO \('([0-9a-f-]+)'\)$r$)::uuid,
    bound = 'DEFAULT'
  from pg_inherits i
  join pg_class c on c.oid = i.inhrelid
  cross join pg_get_expr(c.relpartbound, c.oid) bound
  where i.inhparent = parent
  order by 4, 2 nulls first
$$;
