-- The process that has a Commands-Server's name, and where it can be asked; nulls if nobody has.
create or replace function instance_of(of_node varchar, out instance uuid, out address varchar)
language plpgsql as $$
#variable_conflict use_column
begin
  perform set_config('netpilot.node', coalesce(of_node, ''), true);
  select s.instance, s.address into instance, address from commands_servers s where s.node = of_node;
end
$$;
