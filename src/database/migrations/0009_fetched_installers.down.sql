alter table pairing_codes drop column fetched_at;
