-- The ask that the button of a message answers; null: of a message from before this, the last one of its person.
alter table alert_links
  add column ask_id uuid,
  add foreign key (user_id, ask_id) references access_asks (user_id, id) on delete cascade;
create index alert_links_ask on alert_links (user_id, ask_id) where ask_id is not null;
