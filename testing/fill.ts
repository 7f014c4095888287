import { randomBytes, randomUUID } from 'node:crypto';
import { alertRows } from './alert-rows.ts';
import type { DatabaseAddress } from '../src/config/database-address.ts';
import { withClient } from '../src/database/roles.ts';

/** What formats trip over: quotes, COPY's escapes and its old end mark, control characters, emoji. */
export const ODD_TEXT =
  'it\'s "quoted", \\back\\slash\\, \\N and \\.\n\\.\nnew\r\nlines,\ttab, \u0001, ünï 日本 📱 e\u0301, {}$$ ';

const ODD_JSON = JSON.stringify({ [ODD_TEXT]: [null, 1e-7, '', { nested: [] }], long: 2 ** 52 });

/** Ids of a tenant that has at least one row in every table that tenants have. */
export type Tenant = { user: string; router: string; device: string };

/**
 * Creates users who have rows in every table, with odd values, and nulls if a column allows them.
 * @param admin a superuser: it writes past the policies
 */
export async function fillEveryTable(admin: DatabaseAddress, count = 3): Promise<Tenant[]> {
  const tenants: Tenant[] = [];
  await withClient(admin, async (client) => {
    for (let made = 0; made < count; made += 1) {
      const tenant = { user: randomUUID(), router: `r.${randomUUID()}`, device: randomUUID() };
      for (const [text, values] of statementsFor(tenant)) await client.query(text, [...values]);
      tenants.push(tenant);
    }
  });
  return tenants;
}

type Statement = readonly [text: string, values: readonly unknown[]];

function statementsFor(tenant: Tenant): Statement[] {
  return [
    ...accountRows(tenant),
    ...homeRows(tenant),
    ...askRows(tenant),
    ...memberRows(tenant),
    ...alertRows(tenant, { text: ODD_TEXT, json: ODD_JSON }),
    ...historyRows(tenant),
    ...usageRows(tenant),
  ];
}

function accountRows({ user }: Tenant): Statement[] {
  return [
    [
      `insert into users (id, google_id, issuer, email, full_name, avatar_url, created_at, updated_at, last_login)
       values ($1, $2, 'https://issuer.example', $3, $4, null, '1999-12-31 23:59:59.999999Z', '2001-01-01Z', '2025-06-06 12:16:45.01371Z')`,
      [user, `sub ${user}`, `${user}@example.com`, ODD_TEXT],
    ],
    [
      `insert into user_sessions (user_id, session_id, token_hash, expires_at, user_agent, ip_address)
       values ($1, $2, $3, now() + interval '1 day', $4, '2001:db8::1'),
              ($1, $5, $6, now() - interval '1 microsecond', null, null)`,
      [user, randomUUID(), randomBytes(32), ODD_TEXT, randomUUID(), randomBytes(32)],
    ],
    [
      `insert into user_sessions (user_id, session_id, token_hash, expires_at, token_name, scopes, created_by)
       values ($1, $2, $3, now() + interval '366 days', $4, array['read', 'control', 'manage', 'account'], 'a session')`,
      [user, randomUUID(), randomBytes(32), ODD_TEXT.slice(0, 50)],
    ],
    [`insert into invitations (email) values ($1)`, [`${randomUUID()}@example.com`]],
    [
      `insert into sign_in_attempts (state_hash, nonce, code_verifier, return_to, expires_at)
       values ($1, 'nonce', 'verifier', '/', now() + interval '10 minutes')`,
      [randomBytes(32)],
    ],
    [
      `insert into local_sign_in_links (token_hash, email, expires_at)
       values ($1, 'local@example.com', now() + interval '10 minutes')`,
      [randomBytes(32)],
    ],
    [
      `insert into server_keys (credential_hash, purpose, public_key, sealed_key)
       values ($1, $2, 'ssh-ed25519 AAAA', $3)`,
      [randomBytes(32), randomUUID(), randomBytes(64)],
    ],
    [`insert into moved_secrets (hash, cell, until) values ($1, 9, null)`, [randomBytes(32)]],
    [
      `insert into commands_servers (node, instance, seen_at, state, connections, address)
       values ($1, $2, '2025-06-06Z', 'draining', 2, 'http://192.0.2.1:8081')`,
      [`node ${ODD_TEXT} ${user}`, randomUUID()],
    ],
  ];
}

function homeRows({ user, router, device }: Tenant): Statement[] {
  const phone = randomUUID();
  return [
    [
      `insert into user_routers (user_id, router_id, router_name, router_ip, tunnel_port, cloud_vm_ip, last_seen, clock, rival_lan_mac, rival_seen_at)
       values ($1, $2, $3, '192.168.1.1', 65535, 'fe80::1', now(), 'held', '02:00:5e:00:53:fe', now()),
              ($1, 'same-for-all', null, null, null, null, null, null, null, null)`,
      [user, router, ODD_TEXT],
    ],
    [
      `update router_policies set mode = 'whitelist', whitelist_limit_rate = 0, whitelist_full_rate = 9007199254740991,
              policy_revision = 7, applied_revision = 6, applied_at = now()
       where user_id = $1 and router_id = $2`,
      [user, router],
    ],
    [
      `insert into user_devices (user_id, id, router_id, ip, mac, hostname, device_name, holds_ip, is_online)
       values ($1, $3, $2, '192.168.1.10', '00:00:5e:00:53:01', 'phone', $5, true, true),
              ($1, $4, $2, 'fd00::53:2', null, null, null, false, false)`,
      [user, router, device, phone, ODD_TEXT],
    ],
    [
      `update user_devices set merged_into = $2, shown_as = $2 where user_id = $1 and id = $3`,
      [user, device, phone],
    ],
    [
      `insert into device_addresses (user_id, device_id, ip, router_id, first_seen, last_seen, is_current)
       values ($1, $3, '192.168.1.9', $2, '2024-02-29 00:00:00.000001Z', now(), false),
              ($1, $3, '192.168.1.10', $2, now(), now(), true)`,
      [user, router, device],
    ],
    [
      `insert into device_presence (user_id, device_id, router_id, online_at, offline_at)
       values ($1, $3, $2, '2024-02-29 00:00:00.000001Z', now()), ($1, $3, $2, now(), null)`,
      [user, router, device],
    ],
    [
      `insert into user_whitelists (user_id, router_id, device_id, device_ip, device_mac, device_name, description)
       values ($1, $2, $3, '192.168.1.10', '00:00:5e:00:53:01', 'phone', $4), ($1, $2, null, 'fd00::99', null, null, '')`,
      [user, router, device, ODD_TEXT],
    ],
    [
      `insert into user_blacklists (user_id, router_id, device_id, device_ip, device_mac, reason, is_active)
       values ($1, $2, $3, '192.168.1.10', '00:00:5e:00:53:01', $4, false)`,
      [user, router, device, ODD_TEXT],
    ],
    [
      `insert into user_blocked_devices (user_id, router_id, device_id, device_ip, blocked_at, unblocked_at, is_active)
       values ($1, $2, $3, '192.168.1.10', now() - interval '1 hour', now(), false),
              ($1, $2, $3, '192.168.1.10', now(), null, true)`,
      [user, router, device],
    ],
    [`update homes set name = $2, timezone = 'Europe/Berlin' where user_id = $1`, [user, ODD_TEXT]],
    [
      `insert into people (user_id, home_id, name, colour, picture)
       select $1, h.id, each.name, 'green', each.picture
       from homes h, (values ($2, '\\x00ff'::bytea), ('Tim', null)) each (name, picture) where h.user_id = $1`,
      [user, ODD_TEXT],
    ],
    [
      `update user_devices set person_id = (select id from people where user_id = $1 and name = 'Tim'), reviewed_at = now()
       where user_id = $1 and id = $2`,
      [user, device],
    ],
    [
      `insert into access_rules (user_id, home_id, kind, name, target, person_id, access, windows)
       select $1, home_id, 'schedule', $2, 'person', id, 'block', '[{"days": [1, 7], "from": "21:00", "to": "07:00"}]'
       from people where user_id = $1 and name = 'Tim'`,
      [user, ODD_TEXT],
    ],
    [
      `insert into access_rules (user_id, home_id, kind, target, network, router_id, access, down_rate, up_rate)
       select $1, id, 'new_device', 'network', $3, $2, 'limit', 1000000000000, 0 from homes where user_id = $1`,
      [user, router, 'guest'],
    ],
  ];
}

/** What a child has asked for. */
function askRows({ user }: Tenant): Statement[] {
  return [
    [
      `insert into access_asks (user_id, home_id, person_id, minutes, message, answered_at, answer, granted_minutes,
         answered_by, answered_by_name, rule_id)
       select p.user_id, p.home_id, p.id, 1440, $2, now(), 'granted', 1, $3::uuid, $2, r.id
       from people p join access_rules r on r.user_id = p.user_id and r.person_id = p.id where p.user_id = $1
       union all select user_id, home_id, id, 1, null, null, null, null, null, null, null from people where user_id = $1`,
      [user, ODD_TEXT, randomUUID()],
    ],
  ];
}

/** Somebody who may act in the home, and who is invited. */
function memberRows({ user }: Tenant): Statement[] {
  const member = randomUUID();
  return [
    [`insert into users (id, email) values ($1, $2)`, [member, `${member}@example.com`]],
    // Who has a router has a home with the same id, however often it is migrated.
    [`insert into user_routers (user_id, router_id) values ($1, 'of-member')`, [member]],
    [
      `insert into home_members (user_id, home_id, member_id, role, person_id, member_name, member_email)
       select $1, home_id, $2, 'child', id, $3, 'child@example.com' from people where user_id = $1 and name = 'Tim'`,
      [user, member, ODD_TEXT],
    ],
    [
      `insert into home_invitations (user_id, home_id, role, person_id, token_hash, used_at, used_by)
       select $1, home_id, 'admin', id, $2::bytea, now(), $3::uuid from people where user_id = $1 and name = 'Tim'
       union all select $1, id, 'viewer', null, $4, null, null from homes where user_id = $1`,
      [user, randomBytes(32), member, randomBytes(32)],
    ],
  ];
}

function usageRows({ user, router }: Tenant): Statement[] {
  return [
    [
      `insert into router_usage (user_id, router_id, milliseconds, counting, devices, source, number)
       values ($1, $2, 60000, 'partly', '[{"mac": "02:00:00:00:00:01", "down": 7, "up": 1}]', $3, 9007199254740991)`,
      [user, router, randomUUID()],
    ],
    ...['usage_minutes', 'usage_hours'].map((table): Statement => [
      `insert into ${table} (user_id, router_id, at, is_partial, macs, down, up)
       values ($1, $2, '2026-10-25T01:30:00Z', true, '{02:00:00:00:00:01,00:00:00:00:00:00}', '{9007199254740991,0}', '{0,1}')`,
      [user, router],
    ]),
    [
      `insert into usage_days (user_id, router_id, day, is_partial, macs, down, up) values ($1, $2, '2024-02-29', false, '{}', '{}', '{}')`,
      [user, router],
    ],
  ];
}

function historyRows({ user, router, device }: Tenant): Statement[] {
  const imported = randomUUID();
  return [
    [
      `insert into user_settings (user_id, router_id, setting_key, setting_value)
       values ($1, null, 'theme', 'null'), ($1, $2, 'theme', $3)`,
      [user, router, ODD_JSON],
    ],
    [
      `insert into audit_entries (user_id, actor, action, router_id, details, actor_id, actor_name, home_id, token_name, client)
       values ($1, 'user', 'device.renamed', $2, $3, $4, $5, $4, $5, $5), ($1, 'system', 'user.created', null, '{}', null, null, null, null, null)`,
      [user, router, ODD_JSON, randomUUID(), ODD_TEXT],
    ],
    [
      `insert into events (user_id, type, router_id, subject_id, data)
       values ($1, 'device.changed', $2, $3, $4), ($1, 'user.changed', null, null, '{}')`,
      [user, router, device, ODD_JSON],
    ],
    [
      `insert into imports (user_id, id, router_id, report) values ($1, $3, $2, $4)`,
      [user, router, imported, ODD_JSON],
    ],
    [
      `insert into import_rejects (user_id, import_id, router_id, file, record_key, field, value, reason, record)
       values ($1, $3, $2, 'devices.json', 'key', 'ip', null, 'no address', $4)`,
      [user, router, imported, ODD_TEXT],
    ],
    [
      `insert into router_keys (user_id, router_id, fingerprint, public_key, revoked_at)
       values ($1, $2, $3, $5, null), ($1, null, $4, $5, now())`,
      [user, router, randomBytes(32), randomBytes(32), `ssh-ed25519 ${'A'.repeat(68)}`],
    ],
    [
      `insert into router_dials (user_id, router_id, host_key, client_key, sealed_client_key, problem)
       values ($1, $2, $3, $3, $4, 'unreachable')`,
      [user, router, `ssh-ed25519 ${'A'.repeat(68)}`, randomBytes(64)],
    ],
    [
      `insert into router_facts (user_id, router_id, model, release, booted_at, load, memory_total, memory_available,
         internet, public_ip4, offloading)
       values ($1, $2, $3, 'OpenWrt 24.10.2', now(), 0.25, 262144, 131072, 'up', '192.0.2.7', 'software')`,
      [user, router, ODD_TEXT],
    ],
    [
      `insert into router_health (user_id, router_id, target, loss, round_trip, failed, failed_since)
       values ($1, $2, '2001:db8::9', 100, null, 2, now()), ($1, $2, '192.0.2.9', 0, 1e-7, 0, null)`,
      [user, router],
    ],
    [
      `insert into router_health_hours (user_id, router_id, hour, minutes, steps)
       values ($1, $2, '2024-02-29 23:00Z', 60, array[60, 100, 59, 1e-7, 12345.678]),
              ($1, $2, '2024-03-01 00:00Z', 5, array_fill(0.1::real, array[60]))`,
      [user, router],
    ],
    [
      `insert into router_outages (user_id, router_id, kind, from_at, until_at)
       values ($1, $2, 'away', '2024-02-29 00:00:00.000001Z', now()), ($1, $2, 'internet_down', now(), null)`,
      [user, router],
    ],
    [
      `insert into pairing_codes (user_id, code_hash, used_at, router_id, home_id)
       values ($1, $3, now(), $2::varchar, (select home_id from user_routers where user_id = $1 and router_id = $2::varchar)), ($1, $4, null, null, null)`,
      [user, router, randomBytes(32), randomBytes(32)],
    ],
    [
      `insert into idempotency_keys (user_id, actor_id, key, request_hash, response_status, response_body, home_id)
       values ($1, $1, $2, $3, 201, $4, (select id from homes where user_id = $1))`,
      [user, randomUUID(), randomBytes(32), ODD_TEXT],
    ],
  ];
}
