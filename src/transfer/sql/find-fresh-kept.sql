-- What is kept whole and is not in any setting of the router yet.
create temp table fresh_kept on commit drop as
with stored as (
  select distinct element
  from user_settings s, jsonb_array_elements(case jsonb_typeof(s.setting_value) when 'array' then s.setting_value end) element
  where s.router_id = (select current_setting('netpilot.router_id')) and s.setting_key like 'legacy.%'
)
select k.ord, k.setting_key, k.element::jsonb as element
from staged_kept k
where not exists (select from stored where stored.element = k.element::jsonb);
