/** An export is a file that anybody can write: what it brings is never taken for what this service recorded. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { importFiles, rowsOf } from '../../testing/data-folder.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { EXPORTED_TABLES } from './export-tables.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);
const { service, addresses } = database;

const PAST = '2025-06-01T12:00:00+00:00';
/** An id that was made then. */
const pastId = (number: number) => `0197${'0'.repeat(4)}-0000-7000-8000-${hex(number)}`;
const hex = (number: number) => number.toString(16).padStart(12, '0');

const ROUTER = {
  id: pastId(1),
  router_id: 'home',
  created_at: PAST,
  updated_at: PAST,
  is_active: true,
};
const ENTRY = {
  at: PAST,
  actor: 'operator',
  session_id: null,
  action: 'device.changed',
  router_id: null,
  subject_id: null,
  details: {},
};

function exportOf(tables: Record<string, object[]>): { 'export.json': string } {
  return {
    'export.json': JSON.stringify({ format: 'netpilot-export', version: 1, ...tables }),
  };
}

function restore(person: Person, tables: Record<string, object[]>, skipInvalid = false) {
  return importFiles(addresses.service, person.userId, exportOf(tables), { skipInvalid });
}

type Audit = { items: { actor: string; action: string; imported_at: string | null }[] };

async function auditOf(person: Person, query = 'limit=500'): Promise<Audit['items']> {
  const answer = await person.request('GET', `/api/v1/audit?${query}`);
  const { items }: Audit = answer.json();
  return items;
}

describe('entries of the audit', () => {
  test('of the future are refused, by their time and by their id', async () => {
    const ann = await signIn();
    const forged = Array.from({ length: 600 }, (_, index) => ({
      ...ENTRY,
      id: `ffffffff-ffff-7fff-bfff-${hex(index)}`,
    }));
    const late = { ...ENTRY, id: pastId(7), at: '2099-01-01T00:00:00+00:00' };
    const tables = { audit_entries: [...forged, late, { ...ENTRY, id: pastId(8) }] };
    await expect(restore(ann, tables)).rejects.toThrow('601 records cannot be imported');
    const report = await restore(ann, tables, true);
    expect(report.totals).toMatchObject({ read: 602, written: 1, rejected: 601 });
    expect(report.rejects[0]).toMatchObject({ table: 'audit_entries', code: 'recorded_later' });
    const [first] = await auditOf(ann);
    expect(first).toMatchObject({ action: 'import.finished', imported_at: null });
  });

  test('are shown as imported, after everything that was recorded here, page by page', async () => {
    const ann = await signIn();
    const now = Date.now().toString(16).padStart(12, '0');
    const latest = (number: number) =>
      `${now.slice(0, 8)}-${now.slice(8)}-7fff-bfff-${hex(number)}`;
    const forged = [1, 2, 3].map((number) => ({
      ...ENTRY,
      id: latest(number),
      at: new Date().toISOString(),
    }));
    await restore(ann, { audit_entries: forged });
    await ann.request('PUT', '/api/v1/settings/theme', { setting_value: 1 });
    const marks = (await auditOf(ann)).map(({ actor, imported_at }) => [
      actor,
      imported_at !== null,
    ]);
    const recorded = marks.slice(0, -3);
    expect(recorded.map(([, isImported]) => isImported)).not.toContain(true);
    expect(recorded.length).toBeGreaterThan(1);
    expect(marks.slice(-3)).toEqual(forged.map(() => ['imported', true]));

    const paged: unknown[] = [];
    let cursor = '';
    do {
      const page = (await ann.request('GET', `/api/v1/audit?limit=2${cursor}`)).json();
      paged.push(...page.items);
      cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`;
    } while (cursor !== '');
    expect(paged).toEqual(await auditOf(ann));
  });

  test('make no events', async () => {
    const ann = await signIn();
    await restore(ann, { audit_entries: [{ ...ENTRY, id: pastId(1) }] });
    const events = await rowsOf(service, ann.userId, `select type from events order by id`);
    expect(events).not.toContainEqual({ type: 'device.changed' });
    expect(events).toContainEqual({ type: 'import.finished' });
  });

  test('are still marked after another export and import, which changes nothing', async () => {
    const ann = await signIn();
    await restore(ann, { audit_entries: [{ ...ENTRY, id: pastId(1) }] });
    const exported = (await ann.request('GET', '/api/v1/me/export')).body;
    expect(
      await importFiles(addresses.service, ann.userId, { 'export.json': exported }),
    ).toMatchObject({ outcome: 'nothing new' });
    expect(JSON.parse(exported).audit_entries[0].imported_at).not.toBeNull();
  });
});

test('an import in the list of imports is never of the future', async () => {
  const ann = await signIn();
  const forged = { id: `ffffffff-ffff-7fff-bfff-${hex(1)}`, router_id: 'home', report: {} };
  const tables = { user_routers: [ROUTER], imports: [{ ...forged, created_at: PAST }] };
  const report = await restore(ann, tables, true);
  expect(report.rejects).toMatchObject([{ table: 'imports', code: 'recorded_later' }]);
});

test('what a router has connected, reported and confirmed is not taken', async () => {
  const ann = await signIn();
  await restore(ann, {
    user_routers: [
      {
        ...ROUTER,
        is_connected: true,
        connection_id: randomUUID(),
        connected_at: PAST,
        connected_node: 'here',
        agent_version: '9',
        limiter: 'tc',
        scan_wanted_at: PAST,
      },
    ],
    router_policies: [
      {
        router_id: 'home',
        mode: 'whitelist',
        policy_revision: '9223372036854775807',
        applied_revision: '9223372036854775806',
        refused_revision: '9223372036854775807',
        refused_reason: 'nft',
      },
    ],
    user_devices: [
      {
        id: pastId(2),
        router_id: 'home',
        ip: '192.168.1.20',
        mac: '02:00:00:00:00:01',
        first_seen: PAST,
        last_seen: '2025-06-02T12:00:00+00:00',
        is_online: true,
      },
    ],
    device_presence: [
      { device_id: pastId(2), online_at: PAST, offline_at: null, router_id: 'home' },
    ],
  });
  const url = '/api/v1/routers/home';
  expect((await ann.request('GET', url)).json()).toMatchObject({ is_connected: false });
  const policy = await ann.request('PATCH', `${url}/policy`, { mode: 'blacklist' });
  expect(policy.statusCode).toBe(200);
  expect(policy.json()).toMatchObject({ policy_revision: 2, applied_revision: 0 });
  expect(
    await rowsOf(
      service,
      ann.userId,
      `select is_connected, connection_id, connected_at, agent_version, limiter, scan_wanted_at, is_online, offline_at
       from user_routers, user_devices, device_presence`,
    ),
  ).toEqual([
    {
      is_connected: false,
      connection_id: null,
      connected_at: null,
      agent_version: null,
      limiter: null,
      scan_wanted_at: null,
      is_online: false,
      offline_at: '2025-06-02T12:00:00.000000Z',
    },
  ]);
});

test('of each column it is decided whether an import takes it', async () => {
  const left: Record<string, string[]> = {};
  for (const { name, key, columns } of EXPORTED_TABLES) {
    const rows = await rowsOf(
      service,
      randomUUID(),
      `select attname::text as column from pg_attribute where attrelid = '${name}'::regclass and attnum > 0 and not attisdropped`,
    );
    const all = rows.map((row) => String(Object.values(row)[0]));
    expect(all).toEqual(expect.arrayContaining(['user_id', ...key, ...columns]));
    const others = all.filter((column) => !['user_id', ...key, ...columns].includes(column));
    if (others.length > 0) left[name] = others.toSorted();
  }
  expect(left).toEqual({
    user_routers: [
      'agent_features',
      'agent_version',
      'clock',
      'connected_at',
      'connected_node',
      'connection_id',
      'connections',
      'connections_since',
      'devices_seen_at',
      'health_targets',
      'is_asked',
      'is_connected',
      'lan_mac',
      'limiter',
      'rival_lan_mac',
      'rival_seen_at',
      'scan_wanted_at',
      'scanned_at',
      'update_state',
      'update_version',
      'usage_wanted_until',
    ],
    router_policies: [
      'applied_at',
      'applied_revision',
      'pending_since',
      'policy_revision',
      'refused_lines',
      'refused_reason',
      'refused_revision',
    ],
    device_addresses: ['is_online'],
    user_devices: ['is_online', 'place', 'wake_wanted_at'],
    audit_entries: ['actor_id', 'actor_name', 'client', 'home_id', 'imported_at', 'token_name'],
  });
});

test('an export of an earlier version, without columns of today, is restored with their defaults', async () => {
  const ann = await signIn();
  const report = await restore(ann, {
    user_routers: [{ id: pastId(1), router_id: 'home', created_at: PAST }],
    router_policies: [{ router_id: 'home', mode: 'none' }],
    user_devices: [
      { id: pastId(2), router_id: 'home', ip: '10.0.0.2', first_seen: PAST, last_seen: PAST },
    ],
    user_whitelists: [{ id: pastId(3), router_id: 'home', device_ip: '10.0.0.2', added_at: PAST }],
  });
  expect(report.totals).toMatchObject({ read: 4, written: 4 });
});

test('a rule whose windows nobody could expand is not restored, nor anything with it', async () => {
  const ann = await signIn();
  const home = { id: pastId(1), name: 'Cabin', created_at: PAST, updated_at: PAST };
  const rule = {
    id: pastId(2),
    home_id: home.id,
    kind: 'schedule',
    target: 'everyone',
    access: 'block',
  };
  const window = { days: [1, 7], from: '21:00', to: '07:00' };
  for (const windows of [
    [],
    ['always'],
    [{ ...window, days: [] }],
    [{ ...window, days: [8] }],
    [{ ...window, days: 1 }],
    [{ ...window, from: '24:00' }],
    [{ ...window, to: 7 }],
    [{ ...window, and: 'more' }],
    Array.from({ length: 41 }, () => window),
  ])
    await expect(
      restore(ann, { homes: [home], access_rules: [{ ...rule, windows }] }),
    ).rejects.toThrow('access_rules');
  await restore(ann, { homes: [home], access_rules: [{ ...rule, windows: [window] }] });
  const { items } = (await ann.request('GET', `/api/v1/homes/${home.id}/rules`)).json();
  expect(items).toMatchObject([{ windows: [window] }]);
});

test('a picture of an export that is none is served as nothing that a browser shows', async () => {
  const ann = await signIn();
  const home = { id: pastId(3), name: 'Cabin', created_at: PAST, updated_at: PAST };
  const picture = `\\x${Buffer.from('<svg onload="alert(1)"/>').toString('hex')}`;
  await restore(ann, {
    homes: [home],
    people: [{ id: pastId(4), home_id: home.id, name: 'Tim', picture }],
  });
  const { headers } = await ann.request(
    'GET',
    `/api/v1/homes/${home.id}/people/${pastId(4)}/picture`,
  );
  expect(headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
});

test('what is restored into the lists of a router that is there already reaches it', async () => {
  const ann = await signIn();
  const router_id = await createRouter(service, ann.userId);
  const revision = async () =>
    (await ann.request('GET', `/api/v1/routers/${router_id}/policy`)).json().policy_revision;
  const before = await revision();
  await restore(ann, {
    user_blocked_devices: [{ id: pastId(1), router_id, device_ip: '10.0.0.2', blocked_at: PAST }],
  });
  expect(await revision()).toBe(before + 1);
});

test.each([
  ['router_policies', 'policy_revision'],
  ['router_policies', 'whitelist_full_rate'],
])('%s.%s holds no number that a program cannot hold exactly', async (table, column) => {
  const ann = await signIn();
  await createRouter(service, ann.userId);
  await expect(
    rowsOf(service, ann.userId, `update ${table} set ${column} = 9007199254740992`),
  ).rejects.toThrow('exact');
});
