/** A Commands-Server that stood still: what it has heard on a connection that counts no more is not stored. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { rowsOf } from '../../testing/data-folder.ts';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { recordScan } from '../devices/scan.ts';
import { NotFoundError } from '../errors.ts';
import { NO_FEATURES } from '../routers/features.ts';
import { HEALTH_TARGETS } from '../routers/health.ts';
import { beginLease } from '../routers/leases.ts';
import { type ConnectionOf, markConnected } from '../routers/presence.ts';
import { finishScan } from '../routers/scan-requests.ts';
import { createUsageRecorder } from '../usage/recorder.ts';
import { createConfirmations } from './confirmations.ts';
import type { Fact } from './driver.ts';
import { createFactStore } from './fact-store.ts';
import { createLookups } from './lookups.ts';
import { createMeasurements } from './measurements.ts';
import { routerDatabase } from './router-database.ts';
import { createRouterQuotas } from './router-limits.ts';
import { type RouterRows, createRouterStore } from './router-store.ts';

const database = await createTestDatabase();
const routers = routerDatabase(database.service);
const holder = { node: 'n:1', instance: randomUUID() };
await beginLease(database.service, holder);

const MAC = '02:00:00:00:00:01';
const PLACE = {
  network: 'lan',
  port: 'lan1',
  band: null,
  ssid: null,
  signal: null,
  down: null,
  up: null,
};
const [target = ''] = HEALTH_TARGETS;

const TABLES = [
  'user_devices',
  'device_addresses',
  'router_facts',
  'router_health',
  'router_policies',
  'user_routers',
  'events',
  'audit_entries',
];

function rowsIn(userId: string) {
  return Promise.all(
    TABLES.map((table) => rowsOf(database.service, userId, `select * from ${table} order by 1, 2`)),
  );
}

async function connect(user_id: string, router_id: string): Promise<ConnectionOf> {
  const connection = { user_id, router_id, connection_id: randomUUID() };
  const said = { version: '2', limiter: 'nft', lan: '02:00:00:00:00:fe', features: NO_FEATURES };
  await markConnected(database.service, holder, [{ ...connection, ...said }], null);
  return connection;
}

/** A router with a device, of which somebody wants a scan and an update, and that has applied its policy, as the one connection has it. */
async function connected(): Promise<ConnectionOf> {
  const userId = await createUser(database.service);
  const routerId = await createRouter(database.service, userId);
  const connection = await connect(userId, routerId);
  await recordScan(database.service, scanOf(connection, true));
  await rowsOf(database.service, userId, 'update router_policies set applied_revision = 1');
  await rowsOf(
    database.service,
    userId,
    `update user_routers set scan_wanted_at = now(), update_version = '3', update_state = 'wanted'`,
  );
  await rowsOf(
    database.service,
    userId,
    `update router_policies set applied_revision = 1, applied_at = now(), pending_since = null`,
  );
  return connection;
}

function scanOf({ user_id, router_id, connection_id }: ConnectionOf, online: boolean) {
  const neighbours = [{ mac: MAC, ip: '10.0.0.1', online, hostname: null }];
  const router = { userId: user_id, routerId: router_id, connectionId: connection_id };
  return { ...router, neighbours, complete: true };
}

async function tell(connection: ConnectionOf, fact: Fact): Promise<void> {
  const log = pino({ level: 'silent' });
  const recorder = createUsageRecorder(
    () => Promise.resolve(),
    () => undefined,
  );
  const errors: unknown[] = [];
  const services = {
    database: routers,
    quotas: createRouterQuotas(log),
    recorder,
    measure: createMeasurements(routers),
  };
  const store = createFactStore(services, connection, (error) => errors.push(error));
  store.onStored({ discovered: 0, complete: true });
  store.take(fact);
  await store.settled();
  expect(errors).toEqual([]);
}

const store = (connection: ConnectionOf, write: (rows: RouterRows) => Promise<unknown>) =>
  createRouterStore(
    { database: routers, find: createLookups(routers), confirm: createConfirmations(routers) },
    connection,
    { fingerprint: undefined, features: NO_FEATURES },
  ).transact(write);

describe.each<[string, (connection: ConnectionOf) => Promise<unknown>]>([
  ['which devices there are', (of) => recordScan(database.service, scanOf(of, false))],
  [
    'a device that left',
    (of) => recordScan(database.service, { ...scanOf(of, false), complete: false }),
  ],
  ['that it was scanned', (of) => finishScan(database.service, of)],
  ['where a device is', (of) => tell(of, { kind: 'place', mac: MAC, ...PLACE })],
  [
    'how the internet answers',
    (of) => tell(of, { kind: 'health', target, loss: 0, round_trip: 9 }),
  ],
  [
    'what it is',
    (of) =>
      tell(of, {
        kind: 'router',
        model: 'X',
        release: null,
        uptime: 1,
        load: 0,
        memory_total: 1,
        memory_available: 1,
        internet: 'up',
        public_ip4: null,
        public_ip6: null,
        offloading: 'off',
      }),
  ],
  [
    'that it was seen',
    (of) =>
      store(of, (rows) =>
        rows.markSeen({ revision: 0, state: 'none', limiter: 'tc', clock: null }),
      ),
  ],
  ['a document that it refused', (of) => store(of, (rows) => rows.storeRefused(1, 'storage'))],
  ['an update', (of) => store(of, (rows) => rows.storeUpdate('3', 'sending'))],
  ['rules that were put right', (of) => store(of, (rows) => rows.recordFixed(1, 'drifted'))],
  ['a document that it applied', (of) => store(of, (rows) => rows.storeApplied(1, []))],
  ['that it does something else', (of) => store(of, (rows) => rows.forgetApplied())],
  ['that time has passed', (of) => store(of, (rows) => rows.renew(1))],
])('%s', (_name, write) => {
  test('is stored while the connection counts, and not when another one does', async () => {
    const connection = await connected();
    const { user_id } = connection;
    const before = await rowsIn(user_id);
    await write(connection);
    expect(await rowsIn(user_id)).not.toEqual(before);

    const replaced = await connected();
    await connect(replaced.user_id, replaced.router_id);
    const others = await rowsIn(replaced.user_id);
    await write(replaced).catch((error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error;
    });
    expect(await rowsIn(replaced.user_id)).toEqual(others);
  });
});
