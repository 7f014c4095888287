drop function confirm_revision(uuid, varchar, bigint);
drop function desired_state(uuid, varchar, bytea);
