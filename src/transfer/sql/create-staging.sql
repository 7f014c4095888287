-- Where records wait while the files are read. `source` is the number of a table of a file (null: made by the import
-- itself), `ord` the order of reading, `identity` what tells devices apart: the MAC address, else the address, but the
-- router is one wherever it was. The address 0.0.0.0 is not known.
create temp table staged_devices (
  source smallint, ord integer not null, mac macaddr, ip inet not null, hostname text, device_name text,
  device_type text, manufacturer text,
  first_seen timestamptz not null, last_seen timestamptz not null, is_router boolean not null,
  identity text collate "C" generated always as (
    case when mac is null and is_router then 'router' else coalesce(mac::text, host(ip)) end) stored
) on commit drop;
create temp table staged_entries (
  source smallint not null, ord integer not null, list text not null, mac macaddr, ip inet, name text,
  remark text, at timestamptz,
  identity text collate "C" generated always as (coalesce(mac::text, host(ip))) stored
) on commit drop;
-- json, not jsonb: the files are checked already, and become jsonb once.
create temp table staged_kept (
  source smallint not null, ord integer not null, setting_key text not null, element json not null
) on commit drop;
create temp table staged_rejects (
  source smallint not null, ord integer not null, file text not null, record_key text not null,
  field text not null, value text, reason text not null, record text not null
) on commit drop;
create temp table staged_rows (
  source smallint not null, ord integer not null, table_name text not null, record_key text not null, record json not null
) on commit drop;

-- What the database has of the router. A row whose id is known is looked up by user_id and id alone: before the first
-- analyze the planner takes the router's rows for few, and would go through all of them for each id.
-- What is online was last seen by the router's last complete scan, whatever its row says.
create temp view router_devices as
select id, user_id, router_id, ip, mac, hostname, device_name, device_type, manufacturer, first_seen,
  case when is_online then greatest(last_seen, (
    select r.devices_seen_at from user_routers r where r.user_id = d.user_id and r.router_id = d.router_id))
  else last_seen end as last_seen,
  holds_ip, is_online, is_router, shown_as, recognised_ip, imported_at
from user_devices d
where user_id = (select current_user_id()) and router_id = (select current_setting('netpilot.router_id'));
create temp view router_addresses as
select user_id, device_id, router_id, ip, first_seen,
  case when is_online then greatest(last_seen, (
    select r.devices_seen_at from user_routers r where r.user_id = a.user_id and r.router_id = a.router_id))
  else last_seen end as last_seen,
  is_current, is_online
from device_addresses a
where user_id = (select current_user_id()) and router_id = (select current_setting('netpilot.router_id'));
create temp view router_kept as
select distinct element
from user_settings s, jsonb_array_elements(case jsonb_typeof(s.setting_value) when 'array' then s.setting_value end) element
where s.router_id = (select current_setting('netpilot.router_id')) and s.setting_key like 'legacy.%';
