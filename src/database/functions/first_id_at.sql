-- The least id that uuid_v7() can give at a time.
create or replace function first_id_at(instant timestamptz) returns uuid
language sql immutable parallel safe
return (lpad(to_hex((extract(epoch from instant at time zone 'UTC') * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;
