/** A table of an export, with the columns after user_id that make its key. */
export type ExportedTable = { name: string; key: readonly string[] };

/** What an export holds, in an order in which every row comes after those it refers to. */
export const EXPORTED_TABLES: readonly ExportedTable[] = [
  { name: 'user_routers', key: ['id'] },
  { name: 'router_policies', key: ['router_id'] },
  { name: 'user_devices', key: ['id'] },
  { name: 'device_addresses', key: ['device_id', 'ip'] },
  { name: 'device_presence', key: ['device_id', 'online_at'] },
  { name: 'user_whitelists', key: ['id'] },
  { name: 'user_blacklists', key: ['id'] },
  { name: 'user_blocked_devices', key: ['id'] },
  { name: 'user_settings', key: ['id'] },
  { name: 'audit_entries', key: ['id'] },
  { name: 'imports', key: ['id'] },
  { name: 'import_rejects', key: ['id'] },
];

/** Raised when an older program could not read the new exports. */
export const EXPORT_VERSION = 1;
