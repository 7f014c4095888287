-- The SHA-256 of a secret that was presented before the user is known (a session's cookie, the state of a sign-in, a
-- one-time link). It opens the one row that holds the same hash.
create or replace function current_credential() returns bytea
language sql stable parallel safe
return decode(nullif(current_setting('netpilot.credential', true), ''), 'hex');
