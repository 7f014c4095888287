-- Homes that others own call a member as the member's account does.
create or replace function keep_member_names() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  before constant text := coalesce(current_setting('netpilot.maintenance', true), '');
begin
  perform set_config('netpilot.maintenance', 'on', true);
  update home_members m set member_name = coalesce(new.full_name, new.email), member_email = new.email where m.member_id = new.id;
  perform set_config('netpilot.maintenance', before, true);
  return null;
end
$$;
revoke execute on function keep_member_names() from public;
