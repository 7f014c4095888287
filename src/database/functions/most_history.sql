-- How many addresses and stays of one MAC are kept, the newest: as many as the API gives (MOST_HISTORY).
create or replace function most_history() returns integer
language sql immutable parallel safe
return 200;
