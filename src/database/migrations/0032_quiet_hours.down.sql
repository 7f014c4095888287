-- What waits for the end of quiet hours is not told.
drop trigger homes_move_digests on homes;
drop table alert_held;
drop table alert_watches;
drop table alert_preferences;
