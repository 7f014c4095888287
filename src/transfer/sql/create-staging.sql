-- Where records wait while the files are read. `source` is the number of a table of a file (null: made
-- by the import itself), `ord` the order of reading.
create temp table staged_devices (
  source smallint, ord integer not null, identity uuid not null, mac macaddr, ip inet not null,
  hostname text, device_name text, first_seen timestamptz not null, last_seen timestamptz not null,
  is_router boolean not null
) on commit drop;
create temp table staged_entries (
  source smallint not null, ord integer not null, list text not null, identity uuid not null,
  mac macaddr, ip inet not null, name text, remark text, at timestamptz
) on commit drop;
-- json, not jsonb: what is read is checked, and becomes jsonb once.
create temp table staged_kept (
  source smallint not null, ord integer not null, setting_key text not null, element json not null
) on commit drop;
create temp table staged_rejects (
  source smallint not null, ord integer not null, file text not null, record_key text not null,
  field text not null, value text, reason text not null, record text not null
) on commit drop;
create temp table staged_rows (
  source smallint not null, ord integer not null, table_name text not null, record_key text not null,
  record json not null
) on commit drop;
