-- Somebody is not a member of a home any more: their channels and choices there go, and all that waits for them.
create or replace function forget_alerts() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  before constant text := coalesce(current_setting('netpilot.maintenance', true), '');
begin
  perform set_config('netpilot.maintenance', 'on', true);
  delete from alert_channels where user_id = old.user_id and home_id = old.home_id and member_id = old.member_id;
  delete from alert_outbox where user_id = old.user_id and home_id = old.home_id and member_id = old.member_id;
  delete from alert_held where user_id = old.user_id and home_id = old.home_id and member_id = old.member_id;
  delete from alert_watches where user_id = old.user_id and home_id = old.home_id and member_id = old.member_id;
  delete from alert_preferences where user_id = old.user_id and home_id = old.home_id and member_id = old.member_id;
  delete from alert_links where user_id = old.user_id and home_id = old.home_id and member_id = old.member_id;
  perform set_config('netpilot.maintenance', before, true);
  return null;
end
$$;
revoke execute on function forget_alerts() from public;
