-- Ids are in the order in which the records were read: those of one millisecond are in none by themselves.
with fresh as materialized (
  select *, row_number() over (order by ord) as place
  from staged_rejects s
  where not exists (
    select from import_rejects r
    where r.router_id = (select current_setting('netpilot.router_id'))
      and (r.file, r.record_key, r.field, r.reason, r.record) = (s.file, s.record_key, s.field, s.reason, s.record))),
ids as materialized (
  select id, row_number() over (order by id) as place from (select uuid_v7() as id from fresh) made)
insert into import_rejects (id, user_id, import_id, router_id, file, record_key, field, value, reason, record)
select id, (select current_user_id()), current_setting('netpilot.import_id')::uuid,
  (select current_setting('netpilot.router_id')), file, record_key, field, value, reason, record
from fresh join ids using (place);
