-- An API token is a session that a person names and whose token a program keeps: no cookie, no sliding.
alter table user_sessions add column token_name varchar(255) check (token_name <> '');
alter table user_sessions drop constraint user_sessions_within_seven_days;
alter table user_sessions add constraint user_sessions_within_bounds
  check (expires_at <= created_at + case when token_name is null then interval '7 days' else interval '366 days' end);

drop function authenticate(bytea);
-- Who is asking: the session and its user for the SHA-256 of a token, or no row when the session is
-- unknown, ended or expired, or its user inactive. Makes the transaction that user's.
create function authenticate(presented_hash bytea)
returns table (user_id uuid, session_row_id uuid, session_id varchar, created_at timestamptz,
               expires_at timestamptz, last_used_at timestamptz, token_name varchar, email varchar)
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
           session.last_used_at, session.token_name, u.email
    from users u where u.id = session.user_id and u.is_active;
  if not found then
    perform set_config('netpilot.user_id', '', true);
  end if;
end
$$;
