-- A home has another time zone: its people's digests come at another time, and their quiet hours end at another one.
create or replace function move_digests() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  before constant text := coalesce(current_setting('netpilot.maintenance', true), '');
begin
  perform set_config('netpilot.maintenance', 'on', true);
  update alert_preferences set digest_at = null where user_id = new.user_id and home_id = new.id;
  update alert_held set due_at = now() where user_id = new.user_id and home_id = new.id and told_at is null;
  perform set_config('netpilot.maintenance', before, true);
  return null;
end
$$;
revoke execute on function move_digests() from public;
