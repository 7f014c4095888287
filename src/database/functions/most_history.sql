-- Of one MAC's addresses and stays, so many are kept, the newest: as many as anybody is shown (MOST_HISTORY).
create or replace function most_history() returns integer
language sql immutable parallel safe
return 200;
