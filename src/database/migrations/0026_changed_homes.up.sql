-- What the rules of a home say depends on its time zone, its routers and its people.
create trigger homes_raise after update of timezone on homes
  for each row when (old.timezone is distinct from new.timezone) execute function raise_changed_home();
create trigger user_routers_raise after update of home_id on user_routers
  for each row when (old.home_id is distinct from new.home_id) execute function raise_changed_home();
create trigger people_raise before delete on people for each row execute function raise_changed_home();
