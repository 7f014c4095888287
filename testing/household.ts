import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../src/database/pool.ts';
import { type TenantTransaction, tenantTransaction } from '../src/database/transaction.ts';
import { addAlerts } from './alert-rows.ts';
import { createRouter, createUser } from './database.ts';
import { PNG } from './pictures.ts';

/** One row of a user's in every table that holds users' things, and what names them in a URL. */
export type Household = {
  /** Values for path parameters other than `{id}`. */
  params: Record<string, string>;
  /** Value for `{id}`, by the collection before it in the path. */
  ids: Record<string, string>;
  /** Something only this household holds: it may appear in no answer to anybody else. */
  mark: string;
};

/** Fills every table for a user who has a session already: in their first home, or in this one. */
export async function furnish(
  database: Database,
  userId: string,
  homeId?: string,
): Promise<Household> {
  const mark = `mark-${randomUUID()}`;
  const router_id = await createRouter(database, userId, mark, homeId);
  const member_id = await createUser(database);
  return tenantTransaction(database, userId, async (transaction) => {
    const owned = { user_id: userId, router_id };
    const device_id = await addDevice(transaction, owned, mark);
    const home = await addPerson(transaction, owned, mark);
    const policy = await addRules(transaction, { ...owned, device_id }, mark);
    await addFacts(transaction, owned, mark);
    await addSettings(transaction, owned, mark);
    await addHistory(transaction, owned, mark);
    return {
      mark,
      params: {
        router_id,
        home_id: home.home_id,
        member_id,
        secret: 'A'.repeat(43),
        setting_key: 'mark',
      },
      ids: {
        devices: device_id,
        people: home.person_id,
        invitations: await addMember(
          transaction,
          { user_id: userId, home_id: home.home_id },
          member_id,
          mark,
        ),
        ...policy,
        rules: await addPause(transaction, { user_id: userId, home_id: home.home_id }, mark),
        asks: await addAsk(transaction, { user_id: userId, ...home }, mark),
        'alert-channels': await addAlerts(transaction, { ...home, ...owned, device_id }, mark),
        imports: await addImport(transaction, owned, mark),
        'pairing-codes': await addKeys(transaction, owned, home.home_id),
        ...(await addSessions(transaction, userId, mark)),
      },
    };
  });
}

type Owned = { user_id: string; router_id: string };

const DEVICE = { ip: '192.168.1.20', mac: '9a:8d:bc:e0:52:41' };
const USED = { macs: [DEVICE.mac], down: [1_000], up: [10] };

async function addDevice(transaction: TenantTransaction, owned: Owned, mark: string) {
  const { id: device_id } = await transaction
    .insertInto('user_devices')
    .values({ ...owned, ...DEVICE, hostname: mark, place: placeIn(mark) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await transaction
    .insertInto('device_addresses')
    .values({
      ...owned,
      device_id,
      ip: '192.168.1.19',
      first_seen: '2025-06-01T00:00:00Z',
      last_seen: '2025-06-02T00:00:00Z',
    })
    .execute();
  await transaction
    .insertInto('device_presence')
    .values({ ...owned, device_id, online_at: '2025-06-02T00:00:00Z' })
    .execute();
  return device_id;
}

/** Somebody in the router's home, with a picture. */
async function addPerson(transaction: TenantTransaction, owned: Owned, mark: string) {
  const { home_id } = await transaction
    .selectFrom('user_routers')
    .select('home_id')
    .where((row) => row.and(owned))
    .executeTakeFirstOrThrow();
  const { id: person_id } = await transaction
    .insertInto('people')
    .values({ user_id: owned.user_id, home_id, name: mark, picture: PNG })
    .returning('id')
    .executeTakeFirstOrThrow();
  await transaction
    .updateTable('homes')
    .set({ name: mark })
    .where((row) => row.and({ user_id: owned.user_id, id: home_id }))
    .execute();
  return { home_id, person_id };
}

/** A member of the home; gives the id of an invitation for another one. */
async function addMember(
  transaction: TenantTransaction,
  ofHome: { user_id: string; home_id: string },
  member_id: string,
  mark: string,
) {
  await transaction
    .insertInto('home_members')
    .values({ ...ofHome, member_id, role: 'viewer', member_name: mark, member_email: mark })
    .execute();
  const { id } = await transaction
    .insertInto('home_invitations')
    .values({ ...ofHome, role: 'viewer', token_hash: randomBytes(32) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function addRules(
  transaction: TenantTransaction,
  owned: Owned & { device_id: string },
  mark: string,
) {
  const listed = { ...owned, device_ip: DEVICE.ip, device_mac: DEVICE.mac };
  const whitelisted = await transaction
    .insertInto('user_whitelists')
    .values({ ...listed, description: mark })
    .returning('id')
    .executeTakeFirstOrThrow();
  const blacklisted = await transaction
    .insertInto('user_blacklists')
    .values({ ...listed, reason: mark })
    .returning('id')
    .executeTakeFirstOrThrow();
  const blocked = await transaction
    .insertInto('user_blocked_devices')
    .values(listed)
    .returning('id')
    .executeTakeFirstOrThrow();
  return { whitelist: whitelisted.id, blacklist: blacklisted.id, blocks: blocked.id };
}

/** Of everybody in a home. */
async function addPause(
  transaction: TenantTransaction,
  ofHome: { user_id: string; home_id: string },
  mark: string,
) {
  const { id } = await transaction
    .insertInto('access_rules')
    .values({ ...ofHome, kind: 'pause', name: mark, target: 'everyone', access: 'block' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Of the person, who waits for an answer. */
async function addAsk(
  transaction: TenantTransaction,
  ofPerson: { user_id: string; home_id: string; person_id: string },
  mark: string,
) {
  const { id } = await transaction
    .insertInto('access_asks')
    .values({ ...ofPerson, minutes: 30, message: mark })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** As a router says it: a phone in a Wi-Fi. */
function placeIn(ssid: string): string {
  const radio = { port: 'phy0-ap0', band: '5', signal: -60, down: 6_000_000, up: 6_000_000 };
  return JSON.stringify({ network: 'lan', ssid, ...radio, since: '2025-06-01T00:00:00.000000Z' });
}

async function addFacts(transaction: TenantTransaction, owned: Owned, mark: string) {
  await transaction
    .insertInto('router_facts')
    .values({
      ...owned,
      model: mark,
      booted_at: '2025-06-01T00:00:00Z',
      load: 0.5,
      memory_total: 2 ** 27,
      memory_available: 2 ** 26,
      internet: 'up',
      public_ip4: '203.0.113.7',
      offloading: 'off',
    })
    .execute();
  await transaction
    .insertInto('router_health')
    .values({ ...owned, target: '203.0.113.9', loss: 0, round_trip: 9.5 })
    .execute();
  await transaction
    .insertInto('router_health_hours')
    .values({ ...owned, hour: '2025-06-01T00:00:00Z', minutes: 60, steps: [60, 0, 60, 570, 12] })
    .execute();
  await transaction
    .insertInto('router_outages')
    .values({
      ...owned,
      kind: 'away',
      from_at: '2025-06-01T00:00:00Z',
      until_at: '2025-06-02T00:00:00Z',
    })
    .execute();
  await transaction
    .insertInto('router_usage')
    .values({
      ...owned,
      milliseconds: 60_000,
      counting: 'counted',
      source: randomUUID(),
      number: 1,
      devices: JSON.stringify([{ mac: DEVICE.mac, down: 1_000, up: 10 }]),
    })
    .execute();
  const step = { ...owned, is_partial: false, ...USED };
  const [hour, day] = ['2026-07-01T12:00:00Z', '2026-07-01'];
  await transaction
    .insertInto('usage_minutes')
    .values({ ...step, at: hour })
    .execute();
  await transaction
    .insertInto('usage_hours')
    .values({ ...step, at: hour })
    .execute();
  await transaction
    .insertInto('usage_days')
    .values({ ...step, day })
    .execute();
}

async function addSettings(
  transaction: TenantTransaction,
  { user_id, router_id }: Owned,
  mark: string,
) {
  const setting = { user_id, setting_key: 'mark', setting_value: JSON.stringify(mark) };
  await transaction
    .insertInto('user_settings')
    .values([
      { ...setting, router_id: null },
      { ...setting, router_id },
    ])
    // One of a user who has two households.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function addImport(transaction: TenantTransaction, owned: Owned, mark: string) {
  const { id: import_id } = await transaction
    .insertInto('imports')
    .values({ ...owned, report: JSON.stringify({ mark }) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await transaction
    .insertInto('import_rejects')
    .values({
      ...owned,
      import_id,
      file: 'devices.json',
      record_key: '1',
      field: 'mac',
      reason: mark,
      record: '{}',
    })
    .execute();
  return import_id;
}

async function addHistory(transaction: TenantTransaction, owned: Owned, mark: string) {
  await transaction
    .insertInto('audit_entries')
    .values({
      ...owned,
      actor: 'user',
      action: 'device.changed',
      details: JSON.stringify({ mark }),
    })
    .execute();
  await transaction
    .insertInto('idempotency_keys')
    .values({
      user_id: owned.user_id,
      key: mark,
      request_hash: Buffer.alloc(32),
      response_status: 200,
      response_body: '{}',
    })
    .execute();
}

/** Gives the id of a pairing code; the keys have no routes. */
async function addKeys(transaction: TenantTransaction, owned: Owned, home_id: string) {
  const key = `ssh-ed25519 ${'A'.repeat(68)}`;
  await transaction
    .insertInto('router_keys')
    .values({ ...owned, fingerprint: randomBytes(32), public_key: key })
    .execute();
  await transaction
    .insertInto('router_dials')
    .values({ ...owned, host_key: key, client_key: key, sealed_client_key: randomBytes(64) })
    .execute();
  const { id } = await transaction
    .insertInto('pairing_codes')
    .values({ ...owned, home_id, code_hash: randomBytes(32), used_at: '2025-06-01T00:00:00Z' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function addSessions(transaction: TenantTransaction, user_id: string, mark: string) {
  const token = await transaction
    .insertInto('user_sessions')
    .values({
      user_id,
      session_id: randomUUID(),
      token_hash: randomBytes(32),
      token_name: mark,
      scopes: ['read'],
      expires_at: sql`now() + interval '1 day'`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const session = await transaction
    .selectFrom('user_sessions')
    .select('id')
    .where('user_id', '=', user_id)
    .where('token_name', 'is', null)
    .executeTakeFirstOrThrow();
  return { tokens: token.id, sessions: session.id };
}
