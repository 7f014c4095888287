drop table access_asks, router_outages, router_health_hours;
alter table router_health drop column failed, drop column failed_since;
