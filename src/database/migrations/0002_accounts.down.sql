drop table local_sign_in_links;
drop table sign_in_attempts;
drop function authenticate(bytea);
drop table user_sessions;
drop table users;
drop function end_sessions_of_inactive_user();
