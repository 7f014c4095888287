drop trigger home_members_forget_alerts on home_members;
drop trigger events_alert on events;
drop table alert_links;
drop table alert_deliveries;
drop table alert_outbox;
drop table alert_channels;
