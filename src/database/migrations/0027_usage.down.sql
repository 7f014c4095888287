drop table usage_days, usage_hours, usage_minutes;
drop index router_usage_hours_until;
alter table router_usage
  reset (fillfactor),
  drop column source,
  drop column number,
  drop column hours_until,
  drop column days_until;
