-- The router that a key belongs to, by the SHA-256 of the key: `linked`; or `unlinked`, if it has no key any more. No row for a key that was never
-- linked, for one that a newer key of the same router replaced, and while the user is inactive. Makes the transaction the key's, then its user's.
create or replace function key_holder(of_fingerprint bytea) returns table (state text, user_id uuid, router_id varchar)
language plpgsql volatile as $$
#variable_conflict use_column
declare
  key record;
begin
  perform set_config('netpilot.credential', encode(of_fingerprint, 'hex'), true);
  select k.user_id, k.router_id, k.revoked_at into key from router_keys k where k.fingerprint = of_fingerprint;
  if not found then return; end if;
  if key.router_id is null then
    return query select 'unlinked', null::uuid, null::varchar;
    return;
  end if;
  perform set_config('netpilot.user_id', key.user_id::text, true);
  return query
    select h.state, key.user_id, key.router_id
    from (
      select case
        when not exists (
          select from router_keys k where k.user_id = key.user_id and k.router_id = key.router_id and k.revoked_at is null) then 'unlinked'
        when key.revoked_at is null then 'linked'
      end as state
      from users u where u.id = key.user_id and u.is_active
    ) h
    where h.state is not null;
end
$$;
