-- The numbers of the tenant's next events after a position, at most so many: of all homes, as only without gaps they show that
-- none is missing. What these events are stays limited to the home.
create or replace function next_event_numbers(after bigint, most integer) returns bigint[]
language plpgsql volatile as $$
declare
  home constant text := coalesce(current_setting('netpilot.home_id', true), '');
  numbers bigint[];
begin
  perform set_config('netpilot.home_id', '', true);
  numbers := array(
    select e.number from events e where e.user_id = current_user_id() and e.number > after order by e.number limit most);
  perform set_config('netpilot.home_id', home, true);
  return numbers;
end
$$;
