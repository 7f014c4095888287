-- The rejected records that no earlier import has kept, as write-rejects.sql will keep them.
select count(*)::int as count
from staged_rejects s
where not exists (
  select from import_rejects r
  where r.router_id = (select current_setting('netpilot.router_id'))
    and (r.file, r.record_key, r.field, r.reason, r.record) = (s.file, s.record_key, s.field, s.reason, s.record));
