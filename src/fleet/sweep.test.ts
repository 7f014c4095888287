/** Hints that are lost, all of them: whatever they would have said is found without them. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type TestAgent, connectAgent, linkRouter, settle } from '../../testing/agent.ts';
import { createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { startSshServer } from '../../testing/ssh-server.ts';
import {
  type TenantTransaction,
  maintenanceTransaction,
  tenantTransaction,
} from '../database/transaction.ts';
import { type Wakes, createLocalWakes } from '../wakes/wakes.ts';

const database = await createTestDatabase();
/** What is told is heard by nobody. */
const deaf: Wakes = { ...createLocalWakes(), tell: () => undefined };
const { app, signIn } = await createTestApp(
  database,
  { wakes: deaf },
  { ROUTERS_DIAL_TUNNELS: '127.0.0.1:1-65535' },
);
const SOON = { wakes: deaf, sweepEvery: 100 };

async function home() {
  const ann = await signIn();
  const router = await linkRouter(database, ann.userId);
  const { port } = await startTestCommandsServer(database, SOON);
  const agent = await connectAgent(port, router, {
    features: 'health,usage,wake',
    devices: ['02:00:00:00:00:20 10.0.0.20 online tv'],
  });
  await settle(agent);
  const base = `/api/v1/routers/${router.routerId}`;
  const find = async () => (await ann.request('GET', base)).json();
  await expect.poll(find).toMatchObject({ scanned_at: expect.any(String) });
  return {
    ann,
    agent,
    base,
    router,
    find,
    as: (work: (transaction: TenantTransaction) => Promise<unknown>) =>
      tenantTransaction(database.service, ann.userId, work),
    delivery: async () => (await ann.request('GET', `${base}/policy`)).json().delivery,
  };
}

const has = (agent: TestAgent, line: RegExp) =>
  agent.until(() => agent.heard.some((heard) => line.test(heard)));

describe('without any hint', () => {
  test('a block reaches the router, and each one after it', async () => {
    const { ann, agent, base, delivery } = await home();
    for (const device_ip of ['10.0.0.20', '10.0.0.21']) {
      await ann.request('POST', `${base}/blocks`, { device_ip });
      await expect.poll(delivery).toMatchObject({ state: 'applied' });
    }
    expect(agent.documents).toHaveLength(3);
  });

  test('what a router refuses is not sent again and again', async () => {
    const { ann, agent, base, delivery, find } = await home();
    agent.judge = (revision) => `refused ${revision} storage`;
    await ann.request('POST', `${base}/blocks`, { device_ip: '10.0.0.20' });
    await expect.poll(delivery).toMatchObject({ state: 'pending' });
    await expect.poll(() => agent.documents.length).toBe(2);
    // The next sweeps find the scan, and nothing else.
    await ann.request('POST', `${base}/scan`);
    await expect.poll(find).toMatchObject({ scan_wanted_at: null });
    expect(agent.documents).toHaveLength(2);
  });

  test('a scan that somebody asks for is done', async () => {
    const { ann, agent, base, find } = await home();
    const scans = () => agent.heard.filter((line) => line.startsWith('scan ')).length;
    const before = scans();
    await ann.request('POST', `${base}/scan`);
    await expect.poll(find).toMatchObject({ scan_wanted_at: null });
    expect(scans()).toBe(before + 1);
  });

  test('live usage, other addresses to measure and a device to wake are asked for, each once', async () => {
    const { ann, agent, base, as } = await home();
    await ann.request('POST', `${base}/usage/watch`);
    await has(agent, /^usage (60|59)$/);
    await ann.request('PATCH', base, { health_targets: ['9.9.9.9'] });
    await has(agent, /^health 9\.9\.9\.9 -$/);
    await as((transaction) =>
      transaction
        .updateTable('user_devices')
        .set({ wake_wanted_at: new Date().toISOString() })
        .execute(),
    );
    await has(agent, /^wake 02:00:00:00:00:20$/);
    const usage = agent.heard.filter((line) => line.startsWith('usage '));
    expect(usage.length).toBeLessThan(5);
  });

  test.each<[string, (house: Awaited<ReturnType<typeof home>>) => Promise<unknown>]>([
    ['is unlinked', ({ ann, base }) => ann.request('POST', `${base}/unlink`)],
    ['is deleted', ({ ann, base }) => ann.request('DELETE', base)],
    [
      'has another key',
      ({ as }) =>
        as((transaction) =>
          transaction
            .updateTable('router_keys')
            .set({ revoked_at: new Date().toISOString() })
            .execute(),
        ),
    ],
    [
      'is of a user who is inactive',
      ({ as }) =>
        as((transaction) => transaction.updateTable('users').set({ is_active: false }).execute()),
    ],
  ])('the connection of a router that %s ends', async (_what, act) => {
    const house = await home();
    await act(house);
    await expect(house.agent.ended).resolves.toBeUndefined();
  });

  test('a connection gives way to one at another Commands-Server', async () => {
    const { agent, router } = await home();
    const other = await startTestCommandsServer(database, SOON);
    const newer = await connectAgent(other.port, router);
    await agent.ended;
    expect(newer.isEnded()).toBe(false);
  });

  test('a router is dialled as soon as it is linked, and at its new place as soon as that is known', async () => {
    const { access, nextCaller } = await startSshServer();
    const rules = { networks: [], tunnels: { host: '127.0.0.1', first: 1, last: 65_535 } };
    const secretKey = 'a key for tests only, 32 characters or more';
    await startTestCommandsServer(database, { ...SOON, dial: { rules, secretKey } });
    const ann = await signIn();
    const { code } = (await ann.request('POST', '/api/v1/pairing-codes')).json();
    const router_id = randomUUID();
    const payload = { code, router_id, host_key: access.hostKeys[0] };
    await app.inject({ method: 'POST', url: '/agent/register', payload });
    const base = `/api/v1/routers/${router_id}`;
    const dial = async () => (await ann.request('GET', `${base}/dial`)).json();
    await expect.poll(dial).toMatchObject({ problem: 'no-address' });
    await ann.request('PATCH', base, { tunnel_port: access.port });
    await nextCaller();
    await ann.request('PATCH', base, { tunnel_port: null });
  });
});

test('of all connections that a node holds, one statement finds those that count no more', async () => {
  const asOwner = (statement: ReturnType<typeof sql>) =>
    maintenanceTransaction(database.owner, (transaction) => statement.execute(transaction));
  const node = `${randomUUID()}:22`;
  await asOwner(sql`
    with owner as (
      insert into users (email) select n || ${`@${node}.example`} from generate_series(1, 600) n returning id
    ) select count(*) from owner`);
  await asOwner(sql`
    insert into user_routers (user_id, router_id, home_id, is_connected, connection_id, connected_at, connected_node)
      select u.id, 'r' || split_part(u.email, '@', 1), h.id, true, gen_random_uuid(), now(), ${node}
      from users u join homes h on h.user_id = u.id where u.email like ${`%@${node}.example`}`);
  await asOwner(sql`
    insert into router_keys (user_id, router_id, fingerprint, public_key)
      select user_id, router_id, sha256(user_id::text::bytea), ${`ssh-ed25519 ${'A'.repeat(68)}`}
      from user_routers where connected_node = ${node}`);
  const held = await maintenanceTransaction(database.owner, (transaction) =>
    transaction
      .selectFrom('user_routers')
      .select(['router_id', 'connection_id'])
      .where('connected_node', '=', node)
      .execute(),
  );
  const find = async () => {
    const ended = await sql<{ connection_id: string; fingerprint: string | null }>`
      select * from ended_connections(${node}, ${held.map((one) => one.connection_id)}::uuid[])`.execute(
      database.service,
    );
    return ended.rows
      .map(({ connection_id, fingerprint }) => {
        const router = held.find((one) => one.connection_id === connection_id)?.router_id;
        return `${router} ${fingerprint === null ? 'ended' : 'if it has that key'}`;
      })
      .toSorted();
  };
  expect(held).toHaveLength(600);
  expect(await find()).toEqual([]);
  const set = (what: ReturnType<typeof sql>, router: string) =>
    asOwner(
      sql`update user_routers set ${what} where connected_node = ${node} and router_id = ${router}`,
    );
  await set(sql`is_active = false`, 'r1');
  await set(sql`connection_id = gen_random_uuid()`, 'r2');
  await set(sql`connected_node = 'another:22'`, 'r3');
  await set(sql`is_connected = false, connection_id = null`, 'r4');
  await asOwner(sql`update users set is_active = false where email = ${`5@${node}.example`}`);
  await asOwner(sql`delete from users where email = ${`6@${node}.example`}`);
  await asOwner(sql`
    update router_keys k set revoked_at = now() from user_routers r
    where r.connected_node = ${node} and r.router_id = 'r7' and k.user_id = r.user_id`);
  expect(await find()).toEqual([
    'r1 ended',
    'r2 ended',
    'r3 ended',
    'r4 ended',
    'r5 ended',
    'r6 ended',
    'r7 if it has that key',
  ]);
});
