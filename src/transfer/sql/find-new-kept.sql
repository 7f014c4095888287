-- What is kept whole and is not in any setting of the router yet.
create temp table new_kept on commit drop as
select k.ord, k.setting_key, k.element::jsonb as element
from staged_kept k
where not exists (select from router_kept r where r.element = k.element::jsonb);
