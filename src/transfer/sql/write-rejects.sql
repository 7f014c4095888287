-- Ids in the order in which the records were read: those of the same millisecond are not in order by themselves.
with rejects as materialized (
  select *, row_number() over (order by ord) as place from staged_rejects
), ids as materialized (
  select id, row_number() over (order by id) as place from (select uuid_v7() as id from rejects) made
)
insert into import_rejects (id, user_id, import_id, router_id, file, record_key, field, value, reason, record)
select id, (select current_user_id()), current_setting('netpilot.import_id')::uuid,
  (select current_setting('netpilot.router_id')), file, record_key, field, value, reason, record
from rejects join ids using (place);
