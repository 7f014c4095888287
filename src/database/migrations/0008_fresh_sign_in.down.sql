alter table user_sessions drop column authenticated_at;
alter table sign_in_attempts drop column is_fresh, drop column for_user;
