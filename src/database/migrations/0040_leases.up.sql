-- Which Commands-Servers live: each renews its lease every second, and what one holds whose lease is over is not connected.
create table commands_servers (
  node varchar(300) primary key,
  instance uuid not null unique,
  seen_at timestamptz not null default now(),
  state varchar(8) not null default 'ready' check (state in ('ready', 'draining')),
  connections integer not null default 0 check (connections >= 0),
  address varchar(300)
);
alter table commands_servers enable row level security, force row level security;
create policy maintenance on commands_servers to netpilot_owner using ((select maintenance_is_on()));
create policy named on commands_servers for select to netpilot_service
  using (node = (select nullif(current_setting('netpilot.node', true), '')));
grant select on commands_servers to netpilot_service;
