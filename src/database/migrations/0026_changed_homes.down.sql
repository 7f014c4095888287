drop trigger people_raise on people;
drop trigger user_routers_raise on user_routers;
drop trigger homes_raise on homes;
