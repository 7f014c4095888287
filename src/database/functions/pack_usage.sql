-- Sums bytes by MAC, for one row: the 1,000 MACs that used most, and the rest together under the MAC of zeros. No sum is more than what a JavaScript
-- number holds exactly.
create or replace function pack_usage(
  all_macs macaddr[], all_down bigint[], all_up bigint[], out macs macaddr[], out down bigint[], out up bigint[])
language sql immutable as $$
  select coalesce(array_agg(packed.mac), '{}'), coalesce(array_agg(packed.down), '{}'), coalesce(array_agg(packed.up), '{}')
  from (
    select kept.mac, least(sum(kept.down), 9007199254740991)::bigint as down, least(sum(kept.up), 9007199254740991)::bigint as up
    from (
      select case when row_number() over (order by sum(s.down) + sum(s.up) desc, s.mac) <= 1000 then s.mac else '00:00:00:00:00:00' end as mac,
        sum(s.down) as down, sum(s.up) as up
      from unnest(all_macs, all_down, all_up) s(mac, down, up) group by s.mac
    ) kept group by kept.mac
  ) packed
$$;
