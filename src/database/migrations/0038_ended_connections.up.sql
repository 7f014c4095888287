-- Which connections of a Commands-Server count no more is one statement for all of them: it reads who is inactive, and which keys are
-- revoked, and these are few.
create index users_inactive on users (id) where not is_active;
create index router_keys_revoked on router_keys (user_id, router_id) where revoked_at is not null;
