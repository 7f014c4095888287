-- What became of the records, by what the tables have now: the row that says what a record says was either written by
-- this transaction or was there before. A record without such a row is in neither count, and the sum will be wrong.
select s.source,
  count(*) filter (where coalesce(a.xmin, d.xmin) = pg_current_xact_id()::xid)::int as written,
  count(*) filter (where coalesce(a.xmin, d.xmin) <> pg_current_xact_id()::xid)::int as unchanged
from staged_devices s
join planned_devices p using (identity)
join user_devices d on d.user_id = (select current_user_id()) and d.id = p.id
left join device_addresses a on a.user_id = (select current_user_id()) and a.device_id = p.id
  and a.ip = s.ip and s.ip <> d.ip
where s.source is not null and case when s.ip in (d.ip, '0.0.0.0')
  then d.first_seen <= s.first_seen and d.last_seen >= s.last_seen
  else a.first_seen <= s.first_seen and a.last_seen >= s.last_seen end
group by s.source;
