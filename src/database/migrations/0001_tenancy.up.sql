-- What every later migration stands on: ids that sort by time, the tenant's identity inside a
-- transaction, and updated_at kept by the database.

-- RFC 9562 UUID version 7. PostgreSQL 18 has uuidv7(); this one serves 15 to 17 alike.
create function uuid_v7() returns uuid
language sql volatile parallel safe
return encode(
  set_bit(
    set_bit(
      overlay(
        uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6),
      52, 1),
    53, 1),
  'hex')::uuid;

-- Whose transaction this is. A pooled connection that once held the setting gives '' and not null
-- afterwards, hence nullif. Null matches no row: without the setting a query sees nothing.
create function current_user_id() returns uuid
language sql stable parallel safe
return nullif(current_setting('netpilot.user_id', true), '')::uuid;

-- The SHA-256 of a secret somebody presents before we know who they are (a session's cookie, the
-- state of a sign-in, a one-time link). It opens the one row that holds the same hash.
create function current_credential() returns bytea
language sql stable parallel safe
return decode(nullif(current_setting('netpilot.credential', true), ''), 'hex');

-- Backup, restore and the operator's commands work on every tenant's rows. Only the owner's policies
-- ask for this, so the service gains nothing by setting it.
create function maintenance_is_on() returns boolean
language sql stable parallel safe
return coalesce(current_setting('netpilot.maintenance', true), '') = 'on';

create function set_updated_at() returns trigger
language plpgsql as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end
$$;

-- One call per tenant table gives it the whole of its isolation, so that none gets half.
create function isolate_tenant_table(tenant_table regclass, user_column name default 'user_id') returns void
language plpgsql as $$
begin
  execute format('alter table %s enable row level security, force row level security', tenant_table);
  execute format(
    'create policy tenant on %s to netpilot_service using (%I = (select current_user_id())) with check (%I = (select current_user_id()))',
    tenant_table, user_column, user_column);
  execute format(
    'create policy maintenance on %s to netpilot_owner using ((select maintenance_is_on())) with check ((select maintenance_is_on()))',
    tenant_table);
  execute format('grant select, insert, update, delete on %s to netpilot_service', tenant_table);
end
$$;
revoke execute on function isolate_tenant_table(regclass, name) from public;
