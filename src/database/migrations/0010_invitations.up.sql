-- Whom the operator invited: who first signs in at the issuer with such an address, verified, gets an account, and the row goes.
create table invitations (
  email varchar(255) primary key,
  created_at timestamptz not null default now(),
  constraint invitations_email_format check (email = lower(email) and email ~ '^[^@[:space:]]+@[^@[:space:]]+$')
);
alter table invitations enable row level security, force row level security;
-- Who signs in opens their own invitation.
create policy sign_in on invitations to netpilot_service
  using (email = nullif(current_setting('netpilot.sign_in_email', true), ''));
create policy maintenance on invitations to netpilot_owner
  using ((select maintenance_is_on())) with check ((select maintenance_is_on()));
grant select, delete on invitations to netpilot_service;
