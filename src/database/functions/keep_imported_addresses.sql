-- The address a device had before its first scan, as an import has it, becomes part of its history.
create or replace function keep_imported_addresses(owner_id uuid, at_router varchar, seen_ids uuid[]) returns void
language sql as $$
  insert into device_addresses (user_id, device_id, ip, router_id, first_seen, last_seen, is_current)
  select owner_id, d.id, d.ip, at_router, d.first_seen, d.last_seen, d.holds_ip
  from user_devices d
  where d.user_id = owner_id and d.id = any (seen_ids)
    and not exists (
      select from device_addresses a where a.user_id = owner_id and a.device_id = d.id and a.ip = d.ip)
    and d.ip <> '0.0.0.0' -- not known
    and d.shown_as is null and not exists (
      select from user_devices p where p.user_id = owner_id and p.shown_as = d.id)
  on conflict do nothing
$$;
