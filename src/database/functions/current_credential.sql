-- The SHA-256 of a secret somebody presents before we know who they are (a session's cookie, the
-- state of a sign-in, a one-time link). It opens the one row that holds the same hash.
create or replace function current_credential() returns bytea
language sql stable parallel safe
return decode(nullif(current_setting('netpilot.credential', true), ''), 'hex');
