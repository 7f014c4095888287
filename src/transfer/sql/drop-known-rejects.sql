-- Only the rejected records that no earlier import has kept are news.
delete from staged_rejects s
using import_rejects r
where r.router_id = (select current_setting('netpilot.router_id'))
  and (r.file, r.record_key, r.field, r.reason, r.record) = (s.file, s.record_key, s.field, s.reason, s.record);
