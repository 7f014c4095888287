-- When the script that links was fetched with this code's line: so that a page shows how far it has come.
alter table pairing_codes add column fetched_at timestamptz;
