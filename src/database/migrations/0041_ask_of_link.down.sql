alter table alert_links drop column ask_id;
