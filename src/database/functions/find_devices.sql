-- The devices of these MACs, in their places; null for a MAC that no device has.
create or replace function find_devices(owner_id uuid, at_router varchar, seen_macs macaddr[]) returns uuid[]
language sql stable as $$
  select array_agg(d.id order by s.place)
  from unnest(seen_macs) with ordinality s(mac, place)
  left join user_devices d on d.user_id = owner_id and d.router_id = at_router and d.mac = s.mac
$$;
