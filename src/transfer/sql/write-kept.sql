insert into user_settings (user_id, router_id, setting_key, setting_value)
select (select current_user_id()), (select current_setting('netpilot.router_id')), setting_key,
  jsonb_agg(element order by ord)
from (select setting_key, element, min(ord) as ord from new_kept group by setting_key, element) n
group by setting_key
on conflict (user_id, router_id, setting_key) do update
set setting_value = user_settings.setting_value || excluded.setting_value;
