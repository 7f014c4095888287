-- The program before this one knows no policy that is applied but for some lines: it must send it again.
select set_config('netpilot.maintenance', 'on', true);
update router_policies set applied_revision = 0 where refused_lines <> '[]';
select set_config('netpilot.maintenance', '', true);
alter table router_policies drop column refused_lines;
