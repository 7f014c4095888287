-- As count-devices.sql, for what is kept under settings: written are the elements that were not there.
with stored as (
  select distinct element
  from user_settings s, jsonb_array_elements(case jsonb_typeof(s.setting_value) when 'array' then s.setting_value end) element
  where s.router_id = (select current_setting('netpilot.router_id')) and s.setting_key like 'legacy.%'
), fresh as (
  select distinct element from fresh_kept
)
select k.source, count(*) filter (where f.element is not null)::int as written,
  count(*) filter (where f.element is null)::int as unchanged
from staged_kept k
join stored on stored.element = k.element::jsonb
left join fresh f on f.element = k.element::jsonb
group by k.source;
