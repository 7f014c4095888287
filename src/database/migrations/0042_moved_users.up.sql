-- A user who lives in another cell now, or is on the way here (moved_to is this cell). Every change makes events, and every event goes through the
-- user's counter: it is the gate that a move shuts.
alter table event_counters add column moved_to smallint, add column moved_at timestamptz;
create index event_counters_moved on event_counters (moved_at) where moved_at is not null;
-- The secrets and routers' keys of those who were moved away: where who presents one must go. Also of those who are on the way here.
create table moved_secrets (
  hash bytea primary key,
  cell smallint not null check (cell > 0),
  until timestamptz,
  constraint moved_secrets_hash_check check (octet_length(hash) = 32)
);
alter table moved_secrets enable row level security, force row level security;
create policy credential on moved_secrets for select to netpilot_service using (hash = (select current_credential()));
create policy maintenance on moved_secrets to netpilot_owner
  using ((select maintenance_is_on())) with check ((select maintenance_is_on()));
grant select on moved_secrets to netpilot_service;
