/** Another kind of router, in memory: the fleet needs nothing but its driver, whichever side dials. */
import { randomBytes, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { NO_FEATURES } from '../routers/features.ts';
import { parsePublicKey } from '../routers/public-key.ts';
import { linkRouter } from '../routers/registration.ts';
import { makeKeyPair } from '../ssh-key.ts';
import type { Neighbour } from '../devices/neighbour.ts';
import type {
  ListenOptions,
  Report,
  RouterDriver,
  RouterSession,
  SessionWatcher,
} from './driver.ts';
import type { Waited } from './desired-state.ts';
import { startCommandsServer } from './start.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(
  database,
  {},
  { ROUTERS_DIAL_TUNNELS: '127.0.0.1:1-65535' },
);

/** A router in memory; a test may change it at any time. */
type MemoryRouter = {
  report: Report;
  /** What it was told to do, oldest first. */
  policies: PolicyDocument[];
  devices: Neighbour[];
  watcher: SessionWatcher | undefined;
  isUnlinked: boolean;
  open: () => RouterSession;
  /** Ends its session. */
  leave: () => void;
};

function createMemoryRouter(): MemoryRouter {
  const router: MemoryRouter = {
    report: { revision: 0, state: 'none', limiter: 'tc', clock: null },
    policies: [],
    devices: [],
    watcher: undefined,
    isUnlinked: false,
    open: () => {
      const ended = Promise.withResolvers<string>();
      router.leave = () => ended.resolve('it left');
      return {
        capabilities: {
          version: '1',
          limiter: 'tc',
          lan: '02:00:00:00:00:fe',
          features: NO_FEATURES,
        },
        report: router.report,
        ended: ended.promise,
        status: () => Promise.resolve(router.report),
        apply: (revision, policy) => {
          router.policies.push(policy);
          router.report = { revision, state: 'intact', limiter: 'tc', clock: null };
          return Promise.resolve({ isApplied: true, refused: [] });
        },
        scan: () => Promise.resolve(router.devices),
        ask: () => undefined,
        watch: (watcher) => (router.watcher = watcher),
        update: async () => 'not-here',
        unlink: () => {
          router.isUnlinked = true;
          ended.resolve('it is unlinked');
        },
        redial: ended.resolve,
        move: (_to, reason) => ended.resolve(reason),
        close: ended.resolve,
      };
    },
    leave: () => undefined,
  };
  return router;
}

/** Where routers dial in by their key's fingerprint, and one that is dialled. */
function createMemoryDriver(dialled: MemoryRouter) {
  let dialIn = async (_fingerprint: Buffer, _router: MemoryRouter): Promise<boolean> => false;
  const driver: RouterDriver = {
    listen: <Holder>({ findHolder, onRouter }: ListenOptions<Holder>) => {
      dialIn = async (fingerprint, router) => {
        const holder = await findHolder(fingerprint);
        if (holder !== undefined) onRouter(holder, Promise.resolve(router.open()));
        return holder !== undefined;
      };
      return Promise.resolve({
        port: 1,
        refuse: () => undefined,
        close: () => Promise.resolve(),
      });
    },
    connect: () => Promise.resolve(dialled.open()),
  };
  return {
    driver,
    dialIn: (fingerprint: Buffer, router: MemoryRouter) => dialIn(fingerprint, router),
  };
}

async function home() {
  const ann = await signIn();
  const dialled = createMemoryRouter();
  const { driver, dialIn } = createMemoryDriver(dialled);
  const confirmed: Waited[] = [];
  const server = await startCommandsServer({
    database: database.service,
    wakes: database.wakes,
    driver,
    log: pino({ level: 'silent' }),
    host: '127.0.0.1',
    port: 0,
    checkEvery: 200,
    dial: {
      rules: { networks: [], tunnels: { host: '127.0.0.1', first: 1, last: 65_535 } },
      secretKey: 'a key for tests only, 32 characters or more',
    },
    onConfirmed: (waited) => void confirmed.push(waited),
  });
  onTestFinished(server.stop);
  const get = async (url: string) => (await ann.request('GET', `/api/v1${url}`)).json();
  return {
    ann,
    dialled,
    dialIn,
    server,
    confirmed,
    audits: async () => (await get('/audit?action=router.drift_mended')).items,
    delivery: async (router_id: string) => (await get(`/routers/${router_id}/policy`)).delivery,
    devices: async (router_id: string) => (await get(`/routers/${router_id}/devices`)).items,
    isConnected: async (router_id: string) => (await get(`/routers/${router_id}`)).is_connected,
  };
}

test('a router that dials in does its policy, is scanned, corrected, and unlinked', async () => {
  const { ann, dialIn, server, confirmed, audits, delivery, devices, isConnected } = await home();
  const router_id = randomUUID();
  const publicKey = parsePublicKey(makeKeyPair().publicKey);
  await tenantTransaction(database.service, ann.userId, (transaction) =>
    linkRouter(transaction, { user_id: ann.userId, router_id }, { publicKey, name: undefined }),
  );
  const router = createMemoryRouter();
  router.devices = [{ mac: '02:00:00:00:00:01', ip: '10.0.0.1', online: true, hostname: 'tv' }];
  expect(await dialIn(randomBytes(32), router)).toBe(false);
  expect(await dialIn(publicKey.fingerprint, router)).toBe(true);
  await expect.poll(() => devices(router_id)).toMatchObject([{ hostname: 'tv', is_online: true }]);
  await expect
    .poll(() => delivery(router_id))
    .toMatchObject({ state: 'applied', policy_revision: 1 });

  for (const device of router.devices) router.watcher?.onNeighbour({ ...device, online: false });
  await expect.poll(() => devices(router_id)).toMatchObject([{ is_online: false }]);

  await ann.request('POST', `/api/v1/routers/${router_id}/blocks`, { device_ip: '10.0.0.2' });
  await expect
    .poll(() => delivery(router_id))
    .toMatchObject({
      state: 'applied',
      policy_revision: 2,
    });
  expect(router.policies.map(({ blocked }) => blocked)).toEqual([[], ['10.0.0.2']]);
  // The first revision is older than the connection.
  await expect.poll(() => confirmed.map(({ wasConnected }) => wasConnected)).toEqual([false, true]);

  router.report = { ...router.report, state: 'drifted' };
  await expect.poll(audits).toMatchObject([{ details: { found: 'drifted' } }]);
  expect(router.policies).toHaveLength(3);

  const connection = server.connections.find({ user_id: ann.userId, router_id });
  expect(await connection?.scan()).toEqual(router.devices);
  await ann.request('POST', `/api/v1/routers/${router_id}/unlink`);
  await expect.poll(() => isConnected(router_id)).toBe(false);
  expect(router.isUnlinked).toBe(true);
});

test('a router that is dialled is the same, and is dialled again when it left', async () => {
  const { ann, dialled, server, delivery, isConnected } = await home();
  const { code } = (await ann.request('POST', '/api/v1/pairing-codes')).json();
  const router_id = randomUUID();
  const payload = { code, router_id, host_key: makeKeyPair().publicKey };
  await app.inject({ method: 'POST', url: '/agent/register', payload });
  await ann.request('PATCH', `/api/v1/routers/${router_id}`, { tunnel_port: 2022 });
  await expect.poll(() => delivery(router_id)).toMatchObject({ state: 'applied' });
  dialled.leave();
  await expect.poll(() => isConnected(router_id)).toBe(false);
  await expect.poll(() => isConnected(router_id)).toBe(true);
  expect(dialled.policies).toHaveLength(1);
  // The database knows that it is back a moment before the process does.
  const find = () => server.connections.find({ user_id: ann.userId, router_id });
  await expect.poll(find).toBeDefined();
  find()?.leave();
  await expect.poll(() => isConnected(router_id)).toBe(false);
});
