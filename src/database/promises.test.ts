import { describe, expect, inject, test } from 'vitest';
import { withClient } from './roles.ts';

/** What was promised of the eight tables, column by column. Columns may be added; none dropped or renamed. */
const PROMISED: Record<string, Record<string, string>> = {
  users: {
    id: 'uuid not null',
    google_id: 'character varying(255)',
    email: 'character varying(255) not null',
    full_name: 'character varying(255)',
    avatar_url: 'character varying(500)',
    created_at: 'timestamp with time zone not null',
    updated_at: 'timestamp with time zone not null',
    last_login: 'timestamp with time zone',
    is_active: 'boolean not null default true',
  },
  user_sessions: {
    id: 'uuid not null',
    user_id: 'uuid not null',
    session_id: 'character varying(255) not null',
    created_at: 'timestamp with time zone not null',
    expires_at: 'timestamp with time zone not null',
    is_active: 'boolean not null default true',
  },
  user_routers: {
    id: 'uuid not null',
    user_id: 'uuid not null',
    router_id: 'character varying(255) not null',
    router_name: 'character varying(255)',
    router_ip: 'inet',
    tunnel_port: 'integer',
    cloud_vm_ip: 'inet',
    created_at: 'timestamp with time zone not null',
    last_seen: 'timestamp with time zone',
    is_active: 'boolean not null default true',
  },
  user_devices: {
    id: 'uuid not null',
    user_id: 'uuid not null',
    router_id: 'character varying(255) not null',
    ip: 'inet not null',
    mac: 'macaddr',
    hostname: 'character varying(255)',
    device_name: 'character varying(255)',
    device_type: 'character varying(100)',
    manufacturer: 'character varying(255)',
    first_seen: 'timestamp with time zone not null',
    last_seen: 'timestamp with time zone not null',
  },
  user_whitelists: {
    id: 'uuid not null',
    user_id: 'uuid not null',
    router_id: 'character varying(255) not null',
    device_id: 'uuid',
    device_ip: 'inet not null',
    device_mac: 'macaddr',
    device_name: 'character varying(255)',
    description: 'text',
    added_at: 'timestamp with time zone not null',
  },
  user_blacklists: {
    id: 'uuid not null',
    user_id: 'uuid not null',
    router_id: 'character varying(255) not null',
    device_id: 'uuid',
    device_ip: 'inet not null',
    device_mac: 'macaddr',
    device_name: 'character varying(255)',
    reason: 'text',
    blocked_at: 'timestamp with time zone not null',
    is_active: 'boolean not null default true',
  },
  user_blocked_devices: {
    id: 'uuid not null',
    user_id: 'uuid not null',
    router_id: 'character varying(255) not null',
    device_id: 'uuid',
    device_ip: 'inet not null',
    device_mac: 'macaddr',
    block_type: 'character varying(50) not null',
    blocked_at: 'timestamp with time zone not null',
    unblocked_at: 'timestamp with time zone',
    is_active: 'boolean not null default true',
  },
  user_settings: {
    id: 'uuid not null',
    user_id: 'uuid not null',
    router_id: 'character varying(255)',
    setting_key: 'character varying(100) not null',
    setting_value: 'jsonb not null',
    created_at: 'timestamp with time zone not null',
    updated_at: 'timestamp with time zone not null',
  },
};

/** Promised indexes, by the columns they begin with. One that a constraint made counts. */
const INDEXES: [table: string, columns: string, unique: 'unique' | 'any'][] = [
  ['users', 'google_id', 'unique'],
  ['users', 'email', 'unique'],
  ['user_sessions', 'user_id', 'any'],
  ['user_sessions', 'session_id', 'unique'],
  ['user_sessions', 'expires_at', 'any'],
  ['user_routers', 'user_id', 'any'],
  ['user_routers', 'router_id', 'any'],
  ['user_routers', 'user_id, router_id', 'unique'],
  ['user_devices', 'user_id, router_id', 'any'],
  ['user_devices', 'user_id, router_id, ip', 'any'],
  ['user_devices', 'user_id, router_id, mac', 'unique'],
  ['user_whitelists', 'user_id, router_id', 'any'],
  ['user_blacklists', 'user_id, router_id', 'any'],
  ['user_blocked_devices', 'user_id, router_id, is_active', 'any'],
  ['user_settings', 'user_id, router_id', 'any'],
  ['user_settings', 'user_id, router_id, setting_key', 'unique'],
];

const { admin } = inject('template');

describe.each(Object.entries(PROMISED))('the table %s', (table, columns) => {
  test.each(Object.entries(columns))('has %s as %s', async (column, promised) => {
    const { rows } = await withClient(admin, (client) =>
      client.query<{ type: string; constant: string | null }>(
        `select format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end as type,
                ' default ' || pg_get_expr(adbin, adrelid) as constant
         from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
         where attrelid = $1::regclass and attname = $2`,
        [table, column],
      ),
    );
    const { type = 'nothing', constant = '' } = rows[0] ?? {};
    expect(promised.includes(' default ') ? `${type}${constant ?? ''}` : type).toBe(promised);
  });
});

describe('the indexes', () => {
  test.each(INDEXES)('%s by %s (%s)', async (table, columns, unique) => {
    const { rows } = await withClient(admin, (client) =>
      client.query<{ columns: string; isUnique: boolean; isPartial: boolean }>(
        `select string_agg(attname, ', ' order by place) as columns, indisunique as "isUnique", indpred is not null as "isPartial"
         from pg_index cross join unnest(indkey) with ordinality key (number, place)
         join pg_attribute on attrelid = indrelid and attnum = number
         where indrelid = $1::regclass group by indexrelid`,
        [table],
      ),
    );
    // Where addresses are concerned only those count that are held now: the index leaves out the rest.
    const usable = rows.filter(({ isPartial }) => !isPartial || columns.endsWith(' ip'));
    const found =
      unique === 'unique'
        ? usable.filter((index) => index.isUnique && index.columns === columns)
        : usable.filter((index) => `${index.columns}, `.startsWith(`${columns}, `));
    expect(found).not.toEqual([]);
  });
});
