-- As count-devices.sql, for what is kept under settings: the elements that were not there count as written.
select k.source, count(*) filter (where n.element is not null)::int as written,
  count(*) filter (where n.element is null)::int as unchanged
from staged_kept k
join router_kept r on r.element = k.element::jsonb
left join (select distinct element from new_kept) n on n.element = r.element
group by k.source;
