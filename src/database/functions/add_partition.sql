-- Makes a partition of a table that has a default one, and moves there what that has of its ids: a clock that was ahead wrote it. Who
-- reads or writes goes on, but for the moment in which it is attached.
create or replace function add_partition(of_table regclass, partition_name name, from_id uuid, to_id uuid) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  otherwise constant regclass := (select p.partition from partitions_of(of_table) p where p.is_default);
begin
  execute format('lock table only %s in share update exclusive mode', of_table);
  execute format('lock table only %s in access exclusive mode', otherwise);
  execute format('create table public.%I (like %s including all)', partition_name, of_table);
  execute format('with moved as (delete from %s where id >= %L and id < %L returning *) insert into %I select * from moved',
    otherwise, from_id, to_id, partition_name);
  execute format('alter table %s attach partition %I for values from (%L) to (%L)', of_table, partition_name, from_id, to_id);
  perform isolate_partition(of_table, partition_name::text::regclass);
end
$$;
revoke execute on function add_partition(regclass, name, uuid, uuid) from public;
