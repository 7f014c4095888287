-- The session and its user for the SHA-256 of a token, or no row if the session is unknown, ended or expired, or its
-- user inactive. Makes the transaction that user's.
create or replace function authenticate(presented_hash bytea)
returns table (user_id uuid, session_row_id uuid, session_id varchar, created_at timestamptz,
               expires_at timestamptz, last_used_at timestamptz, token_name varchar, scopes varchar[],
               router_id varchar, authenticated_at timestamptz, email varchar)
language plpgsql volatile as $$
declare
  session user_sessions%rowtype;
begin
  perform set_config('netpilot.credential', encode(presented_hash, 'hex'), true);
  select * into session from user_sessions s
    where s.token_hash = presented_hash and s.is_active and s.expires_at > now();
  perform set_config('netpilot.credential', '', true);
  if not found then
    return;
  end if;
  perform set_config('netpilot.user_id', session.user_id::text, true);
  return query
    select u.id, session.id, session.session_id, session.created_at, session.expires_at,
           session.last_used_at, session.token_name, session.scopes, session.router_id,
           session.authenticated_at, u.email
    from users u where u.id = session.user_id and u.is_active;
  if not found then
    perform set_config('netpilot.user_id', '', true);
  end if;
end
$$;
