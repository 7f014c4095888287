-- By which means somebody acted, as it was called then: an API token by its name, a session by its browser and system. The
-- session itself is deleted some time after its end.
alter table audit_entries
  add column token_name varchar(255),
  add column client varchar(255);
