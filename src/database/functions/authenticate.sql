-- The session and its user for the SHA-256 of a token, or no row if the session is unknown, ended or expired, or its
-- user inactive. Makes the transaction that user's; or, if the user owns the chosen home or is a member of it, that of the
-- home's owner, limited to this home. `user_id` is the tenant, `actor_id` the session's user. Who may only read there gets a
-- transaction that is read only, unless `may_write`. A session that is presented as what it is ('cookie', 'bearer') is prolonged,
-- but not at each request: to 24 hours from now, at most 7 days from the sign-in. The end of a token does not change.
create or replace function authenticate(presented_hash bytea, presented_as varchar default null,
                                        chosen_home uuid default null, may_write boolean default true)
returns table (user_id uuid, session_row_id uuid, session_id varchar, created_at timestamptz,
               expires_at timestamptz, last_used_at timestamptz, token_name varchar, scopes varchar[],
               router_id varchar, authenticated_at timestamptz, email varchar,
               actor_id uuid, home_id uuid, role varchar, person_id uuid, actor_name varchar, owner_name varchar)
language plpgsql volatile as $$
declare
  session user_sessions%rowtype;
  own_email varchar;
  entered record;
begin
  perform set_config('netpilot.credential', encode(presented_hash, 'hex'), true);
  select * into session from user_sessions s
    where s.token_hash = presented_hash and s.is_active and s.expires_at > now();
  perform set_config('netpilot.credential', '', true);
  if not found then
    return;
  end if;
  perform set_config('netpilot.user_id', session.user_id::text, true);
  select u.email into own_email from users u where u.id = session.user_id and u.is_active;
  if not found then
    perform set_config('netpilot.user_id', '', true);
    return;
  end if;
  if session.last_used_at < now() - interval '5 minutes'
     and presented_as = (case when session.token_name is null then 'cookie' else 'bearer' end) then
    update user_sessions s
      set last_used_at = now(),
          expires_at = case when s.token_name is not null then s.expires_at
                       else least(now() + interval '24 hours', s.created_at + interval '7 days') end
      where s.user_id = session.user_id and s.id = session.id and s.is_active;
  end if;
  select * into entered from enter_home(session.user_id, chosen_home);
  if entered.role in ('viewer', 'child') and not may_write then
    perform set_config('transaction_read_only', 'on', true);
  end if;
  return query
    select coalesce(entered.owner_id, session.user_id), session.id, session.session_id, session.created_at,
           session.expires_at, session.last_used_at, session.token_name, session.scopes, session.router_id,
           session.authenticated_at, own_email, session.user_id, entered.home_id, coalesce(entered.role, 'owner'),
           entered.person_id, entered.actor_name, entered.owner_name;
end
$$;
