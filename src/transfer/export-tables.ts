/** A table of an export, and what an import takes of its rows. */
export type ExportedTable = {
  name: string;
  /** The columns after user_id that make its key. */
  key: readonly string[];
  /**
   * The other columns that an import takes. What is in none of them is for the service that runs to say: what a
   * router has connected, reported and confirmed, and who is online.
   */
  columns: readonly string[];
  /** SQL of what an export has in place of what the row `t` says. */
  exported?: Readonly<Record<string, string>>;
  /** SQL of what is written whatever the row `p` says. */
  written?: Readonly<Record<string, string>>;
  /** For a record of the past: when it was made. No later one is taken. */
  recordedAt?: string;
};

/** When a device or one of its addresses was last seen: while it is online, by its router's last complete scan. */
const SEEN = `case when t.is_online then greatest(t.last_seen, (
  select r.devices_seen_at from user_routers r where r.user_id = t.user_id and r.router_id = t.router_id))
  else t.last_seen end`;

/** What an export holds, in an order in which every row comes after those it refers to. */
export const EXPORTED_TABLES: readonly ExportedTable[] = [
  {
    name: 'homes',
    key: ['id'],
    columns: ['name', 'timezone', 'created_at', 'updated_at'],
  },
  {
    name: 'people',
    key: ['id'],
    columns: ['home_id', 'name', 'colour', 'picture', 'created_at', 'updated_at'],
  },
  {
    name: 'user_routers',
    key: ['id'],
    columns: [
      'home_id',
      'router_id',
      'router_name',
      'router_ip',
      'tunnel_port',
      'cloud_vm_ip',
      'created_at',
      'updated_at',
      'last_seen',
      'is_active',
    ],
    // Earlier versions had no homes: the first one.
    written: { home_id: 'p.home_id' },
  },
  {
    name: 'router_policies',
    key: ['router_id'],
    columns: [
      'mode',
      'whitelist_limit_rate',
      'whitelist_full_rate',
      'blacklist_limit_rate',
      'blacklist_full_rate',
      'updated_at',
    ],
  },
  {
    name: 'user_devices',
    key: ['id'],
    columns: [
      'router_id',
      'ip',
      'mac',
      'hostname',
      'device_name',
      'device_type',
      'manufacturer',
      'first_seen',
      'last_seen',
      'holds_ip',
      'is_router',
      'updated_at',
      'merged_into',
      'shown_as',
      'recognised_ip',
      'imported_at',
      'person_id',
      'reviewed_at',
    ],
    exported: { last_seen: SEEN },
    // Earlier versions had no new devices.
    written: {
      reviewed_at: `case when s.record::jsonb ? 'reviewed_at' then p.reviewed_at else now() end`,
    },
  },
  {
    name: 'access_rules',
    key: ['id'],
    columns: [
      'home_id',
      'kind',
      'name',
      'target',
      'person_id',
      'device_id',
      'network',
      'router_id',
      'access',
      'down_rate',
      'up_rate',
      'from_at',
      'until_at',
      'windows',
      'is_active',
      'created_at',
      'updated_at',
    ],
    written: { windows: 'require_weekly_windows(p.windows)' },
  },
  {
    name: 'device_addresses',
    key: ['device_id', 'ip'],
    columns: ['router_id', 'first_seen', 'last_seen', 'is_current'],
    exported: { last_seen: SEEN },
  },
  {
    name: 'device_presence',
    key: ['device_id', 'online_at'],
    columns: ['router_id', 'offline_at'],
    // Nobody knows how long a stay went on that had not ended.
    written: {
      offline_at: `coalesce(p.offline_at, greatest(p.online_at, (
        select d.last_seen from user_devices d where d.user_id = p.user_id and d.id = p.device_id)))`,
    },
  },
  {
    name: 'user_whitelists',
    key: ['id'],
    columns: [
      'router_id',
      'device_id',
      'device_ip',
      'device_mac',
      'device_name',
      'description',
      'added_at',
      'updated_at',
    ],
  },
  {
    name: 'user_blacklists',
    key: ['id'],
    columns: [
      'router_id',
      'device_id',
      'device_ip',
      'device_mac',
      'device_name',
      'reason',
      'blocked_at',
      'is_active',
      'updated_at',
    ],
  },
  {
    name: 'user_blocked_devices',
    key: ['id'],
    columns: [
      'router_id',
      'device_id',
      'device_ip',
      'device_mac',
      'block_type',
      'blocked_at',
      'unblocked_at',
      'is_active',
    ],
  },
  {
    name: 'user_settings',
    key: ['id'],
    columns: ['router_id', 'setting_key', 'setting_value', 'created_at', 'updated_at'],
  },
  {
    name: 'audit_entries',
    key: ['id'],
    columns: ['at', 'actor', 'session_id', 'action', 'router_id', 'subject_id', 'details'],
    // Anybody can write an export: these entries are never taken for what was recorded here.
    written: { imported_at: 'now()' },
    recordedAt: 'at',
  },
  {
    name: 'imports',
    key: ['id'],
    columns: ['router_id', 'created_at', 'report'],
    recordedAt: 'created_at',
  },
  {
    name: 'import_rejects',
    key: ['id'],
    columns: ['import_id', 'router_id', 'file', 'record_key', 'field', 'value', 'reason', 'record'],
  },
];

/** Raised when an older program could not read the new exports. */
export const EXPORT_VERSION = 1;
