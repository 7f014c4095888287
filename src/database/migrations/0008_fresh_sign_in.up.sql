-- When the person last proved who they are: what cannot be undone needs that to be a few minutes ago. Null if the issuer
-- did not say and was not told to ask, and for tokens.
alter table user_sessions add column authenticated_at timestamptz,
  add constraint user_sessions_authenticated check (token_name is null or authenticated_at is null);
select set_config('netpilot.maintenance', 'on', true);
update user_sessions set authenticated_at = created_at where token_name is null;
select set_config('netpilot.maintenance', '', true);
alter table sign_in_attempts
  -- Whether the issuer was told to ask the person again.
  add column is_fresh boolean not null default false,
  -- Who must come back, if somebody was signed in already.
  add column for_user uuid;
