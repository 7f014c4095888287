insert into import_rejects (user_id, import_id, router_id, file, record_key, field, value, reason, record)
select (select current_user_id()), current_setting('netpilot.import_id')::uuid,
  (select current_setting('netpilot.router_id')), file, record_key, field, value, reason, record
from (select * from staged_rejects order by ord) s
where not exists (
  select from import_rejects r
  where r.router_id = (select current_setting('netpilot.router_id'))
    and (r.file, r.record_key, r.field, r.reason, r.record) = (s.file, s.record_key, s.field, s.reason, s.record));
