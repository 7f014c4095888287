/** A realistic home, for the screenshots and for tests that need more than a row or two. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Database } from '../../src/database/pool.ts';
import { NEWEST_AGENT, NEWEST_FEATURES } from '../../src/routers/newest-agent.ts';
import { type TenantTransaction, tenantTransaction } from '../../src/database/transaction.ts';
import { insertAlerts } from './alerts-of-home.ts';
import { type Owned, ago, insertHealth, insertUsage, isAlwaysThere, staysOf } from './habits.ts';

type Thing = {
  name?: string;
  hostname?: string;
  type?: string;
  vendor?: string;
  ip: string;
  mac: string;
  /** Hours since it was seen first. */
  first: number;
  /** Minutes since it was seen last; absent: it is online. */
  gone?: number;
  is?: 'blocked' | 'whitelisted' | 'blacklisted' | 'router';
  of?: 'Anna' | 'Leo';
};

const DAY = 24;
const YEAR = 365 * DAY;

// prettier-ignore
export const THINGS: readonly Thing[] = [
  { name: 'Router', hostname: 'OpenWrt', vendor: 'GL Technologies', ip: '192.168.8.1', mac: '94:83:c4:1f:02:a0', first: YEAR, is: 'router' },
  { name: 'Anna’s iPhone', hostname: 'iPhone', type: 'phone', ip: '192.168.8.21', mac: '9e:4b:7c:30:11:f2', first: 200 * DAY, is: 'whitelisted', of: 'Anna' },
  { name: 'Anna’s MacBook', hostname: 'Annas-MacBook-Pro', type: 'laptop', vendor: 'Apple, Inc.', ip: '192.168.8.22', mac: '10:29:59:8a:41:07', first: 320 * DAY, is: 'whitelisted', of: 'Anna' },
  { name: 'Living room TV', hostname: 'LGwebOSTV', type: 'tv', vendor: 'LG Innotek', ip: '192.168.8.30', mac: '20:17:42:be:70:1c', first: YEAR },
  { name: 'PlayStation', hostname: 'PS5-3F2A', type: 'console', vendor: 'Sony Interactive Entertainment Inc.', ip: '192.168.8.31', mac: '90:47:48:3f:2a:91', first: 150 * DAY, is: 'blocked', of: 'Leo' },
  { name: 'Office printer', hostname: 'HP5A01C2', type: 'printer', vendor: 'HP Inc.', ip: '192.168.8.40', mac: '84:69:93:5a:01:c2', first: 300 * DAY },
  { name: 'NAS', hostname: 'DiskStation', type: 'server', vendor: 'Synology Incorporated', ip: '192.168.8.5', mac: '90:09:d0:11:6e:24', first: YEAR, is: 'whitelisted' },
  { name: 'Kitchen speaker', hostname: 'SonosZP', type: 'speaker', vendor: 'Sonos, Inc.', ip: '192.168.8.41', mac: '34:7e:5c:02:d8:10', first: 250 * DAY },
  { hostname: 'RingDoorbell-4c', type: 'camera', vendor: 'Ring', ip: '192.168.8.50', mac: '18:7f:88:aa:4c:13', first: 90 * DAY },
  { hostname: 'Galaxy-S23', type: 'phone', ip: '192.168.8.61', mac: 'd6:10:3f:55:80:2e', first: 3, gone: 12 },
  { hostname: 'ESP_6B21F0', vendor: 'Espressif Inc.', ip: '192.168.8.72', mac: '14:63:93:6b:21:f0', first: 7 },
  { ip: '192.168.8.83', vendor: 'Tuya Smart Inc.', mac: '38:70:35:c4:12:99', first: 19, is: 'blocked' },
  { name: 'Leo’s tablet', hostname: 'iPad', type: 'tablet', ip: '192.168.8.24', mac: 'a2:6d:01:9b:73:44', first: 120 * DAY, gone: 150, is: 'blacklisted', of: 'Leo' },
  { name: 'Old desktop', hostname: 'DESKTOP-9C07Q2', type: 'desktop', vendor: 'Micro-Star International', ip: '192.168.8.25', mac: '18:26:49:0c:77:31', first: YEAR, gone: 9 * 24 * 60 },
];

export type Home = {
  routerId: string;
  homeId: string;
  devices: ReadonlyMap<string, string>;
  people: ReadonlyMap<string, string>;
};

/**
 * Creates a home for an account. `devices` has ids by MAC address.
 * @param isPictured for pictures: at a place, with a bedtime at the usual time. In tests it is never during one.
 */
export async function moveIn(
  database: Database,
  user_id: string,
  { isPictured = false } = {},
): Promise<Home> {
  const router_id = `home-${randomUUID().slice(0, 8)}`;
  return tenantTransaction(database, user_id, async (transaction) => {
    await transaction
      .updateTable('users')
      .set({ full_name: 'Anna Schmidt', email: `anna.${router_id}@example.com` })
      .execute();
    await insertRouter(transaction, { user_id, router_id });
    const { home_id } = await transaction
      .selectFrom('user_routers')
      .select('home_id')
      .executeTakeFirstOrThrow();
    if (isPictured)
      await transaction.updateTable('homes').set({ timezone: 'Europe/Berlin' }).execute();
    const window = isPictured ? { from: '21:00', to: '07:00' } : farFromNow();
    const people = await insertPeople(transaction, { user_id, home_id }, window);
    const devices = new Map<string, string>();
    for (const thing of THINGS) {
      const id = await insertDevice(transaction, { user_id, router_id }, people, thing);
      devices.set(thing.mac, id);
    }
    await insertAlerts(transaction, { user_id, home_id });
    await insertActivity(transaction, { user_id, router_id }, devices);
    await insertUsage(transaction, { user_id, router_id }, THINGS);
    await insertHealth(transaction, { user_id, router_id });
    return { routerId: router_id, homeId: home_id, devices, people };
  });
}

async function insertRouter(transaction: TenantTransaction, owned: Owned): Promise<void> {
  await transaction
    .insertInto('user_routers')
    .values({
      ...owned,
      router_name: 'Home',
      router_ip: '192.168.8.1',
      is_connected: true,
      connected_at: ago(60 * 30),
      connection_id: randomUUID(),
      connected_node: 'localhost:8081',
      last_seen: ago(0),
      agent_version: NEWEST_AGENT,
      agent_features: [...NEWEST_FEATURES, 'usage'],
    })
    .execute();
  await transaction
    .insertInto('router_keys')
    .values({
      ...owned,
      fingerprint: randomBytes(32),
      public_key: `ssh-ed25519 ${'A'.repeat(68)}`,
    })
    .execute();
  await transaction
    .updateTable('router_policies')
    .set({ mode: 'blacklist', policy_revision: 42, applied_revision: 42, applied_at: ago(9) })
    .where('router_id', '=', owned.router_id)
    .execute();
}

/** Anna, and Leo with a bedtime; their ids by name. */
async function insertPeople(
  transaction: TenantTransaction,
  ofHome: { user_id: string; home_id: string },
  night: { from: string; to: string },
): Promise<ReadonlyMap<string, string>> {
  const people = await transaction
    .insertInto('people')
    .values([
      { ...ofHome, name: 'Anna', colour: 'teal' },
      { ...ofHome, name: 'Leo', colour: 'orange' },
    ])
    .returning(['id', 'name'])
    .execute();
  const ids = new Map(people.map(({ id, name }) => [name, id]));
  await transaction
    .insertInto('access_rules')
    .values({
      ...ofHome,
      kind: 'schedule',
      name: 'Bedtime',
      target: 'person',
      person_id: ids.get('Leo') ?? null,
      access: 'block',
      windows: JSON.stringify([{ days: [1, 2, 3, 4, 5, 6, 7], ...night }]),
    })
    .execute();
  return ids;
}

/** Two hours, twelve hours from now: never during a test. */
function farFromNow() {
  const [from = '', to = ''] = [12, 14].map((hours) =>
    new Date(Date.now() + hours * 60 * 60_000).toISOString().slice(11, 13),
  );
  return { from: `${from}:00`, to: `${to}:00` };
}

async function insertDevice(
  transaction: TenantTransaction,
  owned: Owned,
  people: ReadonlyMap<string, string>,
  thing: Thing,
): Promise<string> {
  const { name, hostname, type, vendor, ip, mac, first, gone, is, of } = thing;
  const { id } = await transaction
    .insertInto('user_devices')
    .values({
      ...owned,
      ip,
      mac,
      device_name: name ?? null,
      hostname: hostname ?? null,
      device_type: type ?? null,
      manufacturer: vendor ?? null,
      first_seen: ago(first * 60),
      last_seen: ago(gone ?? 0),
      is_online: gone === undefined,
      is_router: is === 'router',
      person_id: of === undefined ? null : (people.get(of) ?? null),
      // Nobody has looked at what came in the last day.
      reviewed_at: first > DAY ? ago(first * 60) : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const listed = { ...owned, device_id: id, device_ip: ip, device_mac: mac };
  if (is === 'blocked')
    await transaction.insertInto('user_blocked_devices').values(listed).execute();
  if (is === 'whitelisted')
    await transaction.insertInto('user_whitelists').values(listed).execute();
  if (is === 'blacklisted')
    await transaction.insertInto('user_blacklists').values(listed).execute();
  await insertHistory(transaction, { ...owned, device_id: id }, thing);
  return id;
}

/** Its address, and when it was online in the last three weeks. */
async function insertHistory(
  transaction: TenantTransaction,
  owned: Owned & { device_id: string },
  thing: Thing,
): Promise<void> {
  const { ip, first, gone = 0 } = thing;
  await transaction
    .insertInto('device_addresses')
    .values({
      ...owned,
      ip,
      first_seen: ago(first * 60),
      last_seen: ago(gone),
      is_current: true,
    })
    .execute();
  // It came the last time some hours ago, what is always there some days ago.
  const came = Math.min(first * 60, isAlwaysThere(thing) ? 5 * DAY * 60 : Math.max(200, gone + 60));
  const stays = staysOf(thing, { days: 21, until: Date.now() - came * 60_000 }).map((stay) => ({
    ...owned,
    online_at: new Date(stay.from).toISOString(),
    offline_at: new Date(stay.until).toISOString(),
  }));
  const last = { online_at: ago(came), offline_at: thing.gone === undefined ? null : ago(gone) };
  await transaction
    .insertInto('device_presence')
    .values([...stays, { ...owned, ...last }])
    .execute();
}

async function insertActivity(
  transaction: TenantTransaction,
  { user_id, router_id }: Owned,
  devices: ReadonlyMap<string, string>,
): Promise<void> {
  type Done = { at: number; action: string; mac?: string; details?: object };
  const entries: Done[] = [
    { at: 9, action: 'block.started', mac: '90:47:48:3f:2a:91' },
    { at: 44, action: 'block.started', mac: '38:70:35:c4:12:99' },
    { at: 180, action: 'device.discovered', mac: 'd6:10:3f:55:80:2e' },
    { at: 420, action: 'device.discovered', mac: '14:63:93:6b:21:f0' },
    { at: 1_140, action: 'device.discovered', mac: '38:70:35:c4:12:99' },
    { at: 1_500, action: 'blacklist.added', mac: 'a2:6d:01:9b:73:44' },
    {
      at: 1_503,
      action: 'policy.changed',
      details: { before: { mode: 'none' }, after: { mode: 'blacklist' } },
    },
    {
      at: 1_510,
      action: 'device.changed',
      mac: '20:17:42:be:70:1c',
      details: { before: { device_name: null }, after: { device_name: 'Living room TV' } },
    },
    { at: 3_100, action: 'whitelist.added', mac: '10:29:59:8a:41:07' },
    { at: 3_101, action: 'import.finished', details: { written: 31 } },
    { at: 3_140, action: 'router.linked' },
    { at: 3_150, action: 'session.started', details: { device: 'Chrome on Linux' } },
  ];
  await transaction
    .insertInto('audit_entries')
    .values(
      entries.map(({ at, action, mac, details = {} }) => {
        const id = mac === undefined ? null : (devices.get(mac) ?? null);
        const isOfRouter = action === 'device.discovered' || action === 'router.linked';
        return {
          id: idOf(at),
          user_id,
          router_id,
          actor: isOfRouter ? 'router' : 'user',
          client: isOfRouter || action === 'session.started' ? null : 'Chrome on Linux',
          action,
          at: ago(at),
          subject_id: id,
          details: JSON.stringify(mac === undefined ? details : { device_id: id, ...details }),
        };
      }),
    )
    .execute();
}

/** A UUID of that time (RFC 9562, version 7), as the activity is ordered by ids. */
function idOf(minutes: number): string {
  const time = (Date.now() - minutes * 60_000).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
