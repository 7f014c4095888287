/** Who holds routers, for how long that is believed, and what becomes of them when it is not any more. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectAgent, linkRouter, settle } from '../../testing/agent.ts';
import { createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { maintenanceTransaction } from '../database/transaction.ts';
import { beginLease, endLostConnections, findLivingNodes, renewLease } from '../routers/leases.ts';
import { createContact } from './lease.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

const inAll = <Row>(query: string) =>
  maintenanceTransaction(database.owner, async (transaction) => {
    const { rows } = await sql.raw<Row>(query).execute(transaction);
    return rows;
  });

/** A node that is not there, as one that was killed has left it: its last renewal was so long ago. */
async function deadNode(ago: string) {
  const node = `dead:${randomUUID()}`;
  await beginLease(database.service, { node, instance: randomUUID() });
  await inAll(
    `update commands_servers set seen_at = now() - interval '${ago}' where node = '${node}'`,
  );
  return {
    node,
    leases: () =>
      inAll<{ node: string }>(`select node from commands_servers where node = '${node}'`),
  };
}

/** A router that is connected to that node, as the database has it. */
async function heldBy(node: string) {
  const ann = await signIn();
  const { routerId } = await linkRouter(database, ann.userId);
  await inAll(`update user_routers set is_connected = true, connection_id = gen_random_uuid(), connected_node = '${node}',
    last_seen = now() - interval '10 minutes' where user_id = '${ann.userId}'`);
  const get = async (url: string) =>
    (await ann.request('GET', `/api/v1/routers/${routerId}${url}`)).json();
  return {
    presence: () => get(''),
    outages: async () => (await get('/health?period=day')).outages,
    events: () =>
      inAll<{ type: string; number: number | null }>(
        `select type, number from events where user_id = '${ann.userId}' and type like 'router.%connected' order by number`,
      ),
  };
}

describe('a node whose lease is over', () => {
  test('holds nothing: its routers are away since it was last heard, and their people are told', async () => {
    const { node, leases } = await deadNode('6 seconds');
    const [one, other] = [await heldBy(node), await heldBy(node)];
    await endLostConnections(database.service);
    const { is_connected, last_seen } = await one.presence();
    expect(is_connected).toBe(false);
    expect(Date.now() - Date.parse(last_seen)).toBeGreaterThan(5_000);
    expect(Date.now() - Date.parse(last_seen)).toBeLessThan(60_000);
    expect(await one.outages()).toMatchObject([{ kind: 'away', from: last_seen, until: null }]);
    for (const { events } of [one, other])
      expect(await events()).toEqual([{ type: 'router.disconnected', number: expect.any(Number) }]);
    expect(await leases()).toEqual([]);
  });

  test('is found by any other that lives, and has reached the database for a while', async () => {
    const { node } = await deadNode('6 seconds');
    const { presence } = await heldBy(node);
    await startTestCommandsServer(database, { trustedAfter: 0 });
    await expect.poll(presence).toMatchObject({ is_connected: false });
  });

  test('is left alone while it is not over', async () => {
    const { node, leases } = await deadNode('3 seconds');
    const { presence } = await heldBy(node);
    await endLostConnections(database.service);
    expect(await presence()).toMatchObject({ is_connected: true });
    expect(await leases()).toHaveLength(1);
  });

  test('has another one as soon as it wakes, without what it held', async () => {
    const { node, leases } = await deadNode('6 seconds');
    const { presence } = await heldBy(node);
    await endLostConnections(database.service);
    const holder = { node, instance: randomUUID() };
    const report = { state: 'ready', connections: 1, address: null } as const;
    expect(await renewLease(database.service, holder, report)).toBe(true);
    expect(await renewLease(database.service, { ...holder, instance: randomUUID() }, report)).toBe(
      false,
    );
    expect(await leases()).toHaveLength(1);
    expect(await presence()).toMatchObject({ is_connected: false });
  });
});

test('who has lost the database, or was frozen, believes nobody to be gone until it has reached it for a while', () => {
  let now = 0;
  const contact = createContact(() => now);
  const pass = (milliseconds: number) => {
    for (const until = now + milliseconds; now < until; now += 1_000) contact.reached();
  };
  pass(9_000);
  expect(contact.isTrusted()).toBe(false);
  pass(2_000);
  expect(contact.isTrusted()).toBe(true);
  contact.lost();
  pass(9_000);
  expect(contact.isTrusted()).toBe(false);
  pass(2_000);
  expect(contact.isTrusted()).toBe(true);
  now += 20_000;
  contact.reached();
  expect(contact.isTrusted()).toBe(false);
});

test('who cannot reach the database knows for how long, but not of a time in which it stood still', () => {
  let now = 0;
  const contact = createContact(() => now);
  contact.reached();
  now += 4_000;
  expect(contact.lostFor()).toBe(0);
  contact.lost();
  expect(contact.lostFor()).toBe(4_000);
  now += 6_000;
  contact.lost();
  expect(contact.lostFor()).toBe(10_000);
  contact.reached();
  expect(contact.lostFor()).toBe(0);
  now += 20_000;
  contact.lost();
  expect(contact.lostFor()).toBe(5_000);
});

describe('a Commands-Server', () => {
  const nodes = async () => (await findLivingNodes(database.service)).map(({ node }) => node);

  test('has a lease that says how many routers it holds and where it is asked, until it stops', async () => {
    const server = await startTestCommandsServer(database);
    const own = async () =>
      (await findLivingNodes(database.service)).find(({ node }) => node === server.lease.node);
    const { instance } = server.lease;
    expect(await own()).toMatchObject({ instance, state: 'ready', connections: 0, address: null });
    const ann = await signIn();
    await settle(await connectAgent(server.port, await linkRouter(database, ann.userId)));
    await server.lease.announce({ address: 'http://192.0.2.1:8081' });
    expect(await own()).toMatchObject({ connections: 1, address: 'http://192.0.2.1:8081' });
    await server.stop();
    expect(await own()).toBeUndefined();
  });

  test('goes on under another name if another process has taken its own, and its routers connect anew', async () => {
    const server = await startTestCommandsServer(database);
    const { node } = server.lease;
    const ann = await signIn();
    const agent = await connectAgent(server.port, await linkRouter(database, ann.userId));
    await settle(agent);
    const twin = { node, instance: randomUUID() };
    await beginLease(database.service, twin);
    await agent.ended;
    await expect
      .poll(nodes)
      .toEqual(expect.arrayContaining([node, `${node}/${server.lease.instance}`]));
  });

  test('takes the name of a process that was killed, and ends what that one held', async () => {
    const { node } = await deadNode('1 second');
    const { presence, outages, events } = await heldBy(node);
    const lease = await takenBy(node);
    expect(await presence()).toMatchObject({ is_connected: false });
    // Nobody knows who was away while the service was down.
    expect(await outages()).toEqual([]);
    expect(await events()).toEqual([]);
    expect(await nodes()).toContain(lease.node);
  });
});

async function takenBy(node: string) {
  const holder = { node, instance: randomUUID() };
  await beginLease(database.service, holder);
  onTestFinished(
    async () => void (await inAll(`delete from commands_servers where node = '${node}'`)),
  );
  return holder;
}
