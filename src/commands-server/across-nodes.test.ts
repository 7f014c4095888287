/** The calls at a Commands-Server that does not hold the router: the same answers, wherever it is connected. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { type LinkedRouter, connectAgent, linkRouter, settle } from '../../testing/agent.ts';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { hasNatsServer, startNatsServer } from '../../testing/nats-server.ts';
import { SECRET_KEY, TOKEN, type TestNode, startTestNode } from '../../testing/node.ts';
import { parseConfig } from '../config/config.ts';
import { tenantTransaction } from '../database/transaction.ts';
import type { RouterConnections } from '../fleet/connections.ts';
import type { CommandsServerOptions } from '../fleet/start.ts';
import { answerQuestion } from '../fleet/questions.ts';
import { beginLease } from '../routers/leases.ts';
import { QUESTIONS_PATH } from '../wakes/http-questions.ts';
import { createNatsWakes } from '../wakes/nats.ts';
import { createWakes } from '../wakes/postgresql.ts';
import type { Wakes } from '../wakes/wakes.ts';
import { askRouter } from './holder.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);
const nats = hasNatsServer ? await startNatsServer() : undefined;
afterAll(async () => nats?.remove());

const IP = '10.0.0.20';
const MAC = '02:00:00:00:00:20';
const DEVICES = [`${MAC} ${IP} online tv%20set`, `${MAC} fd00::20 online -`];
/** What a hint or a question does not bring, nothing brings. */
const NEVER = 3_600_000;

function openNats(url = nats?.url): Wakes {
  const { nats: config } = parseConfig({ NATS_URL: url });
  if (config === undefined) throw new Error('there is no NATS');
  return createNatsWakes({ config, cell: 0, secretKey: SECRET_KEY, onLost: () => undefined });
}

const openPostgresql = () => createWakes(database.addresses.service, () => undefined, SECRET_KEY);

async function startNode(open: () => Wakes, options: Partial<CommandsServerOptions> = {}) {
  const wakes = open();
  const node = await startTestNode(database, wakes, { sweepEvery: NEVER, ...options });
  await expect.poll(wakes.isConnected).toBe(true);
  return { ...node, wakes };
}

/** A router that is connected to one node, and a session of its owner. */
async function connectedTo(node: TestNode) {
  const ann = await signIn();
  const router = await linkRouter(database, ann.userId);
  const agent = await connectAgent(node.port, router, { devices: DEVICES });
  await settle(agent);
  const request = { sessionId: ann.sessionId, routerId: router.routerId };
  return { router, agent, request, device: { ...request, ip: IP } };
}

const keyOf = ({ userId, routerId }: LinkedRouter) => ({ user_id: userId, router_id: routerId });

const WAYS: [string, () => Wakes][] = [
  ['HTTP', openPostgresql],
  ...(nats === undefined ? [] : [['NATS', openNats] satisfies [string, () => Wakes]]),
];

describe.each(WAYS)('at another node, through %s', (_name, open) => {
  test('every call is answered as at the one that holds the router', async () => {
    const [holder, other] = [await startNode(open), await startNode(open)];
    const { agent, request, device } = await connectedTo(holder);
    const { client } = other;
    const { sessionId, routerId } = request;
    expect(await client.startSession({ sessionId })).toEqual({ sessionId, active: true });
    const { devices } = await client.scan(request);
    expect(devices).toEqual([
      { ip: IP, mac: MAC, hostname: 'tv set' },
      { ip: 'fd00::20', mac: MAC, hostname: null },
    ]);
    expect(await client.block(device)).toEqual({
      routerId,
      ip: IP,
      blocked: true,
      state: 'applied',
    });
    expect(agent.documents.at(-1)).toContain(`block ${MAC}`);
    expect(await client.blocked(request)).toEqual({ blocked: [{ ip: IP, mac: MAC }] });
    agent.state = 'drifted';
    expect(await client.blocked(request)).toEqual({ blocked: [{ ip: IP, mac: MAC }] });
    agent.judge = (revision) => `refused ${revision} storage`;
    expect(await client.unblock(device)).toMatchObject({
      state: 'pending',
      reason: 'The router refused the change: it has no space left to store it.',
    });
    expect(await client.endSession({ sessionId })).toEqual({ sessionId, active: false });
    await expect(client.scan(request)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('of many scans at once none is refused because of where the router is', async () => {
    const [holder, other] = [await startNode(open), await startNode(open)];
    const homes = await Promise.all(Array.from({ length: 3 }, () => connectedTo(holder)));
    const scans = Array.from({ length: 20 }, () =>
      homes.map(({ request }) => other.client.scan(request)),
    );
    const answers = await Promise.all(scans.flat());
    expect(answers.filter(({ devices }) => devices.length === 2)).toHaveLength(60);
  });

  test('a router that moves between the reading and the question is asked where it is now', async () => {
    const [first, second, other] = await Promise.all([
      startNode(open),
      startNode(open),
      startNode(open),
    ]);
    const { router } = await connectedTo(first);
    const move = async () => {
      await connectAgent(second.port, router, { devices: DEVICES });
      await expect.poll(() => second.connections.find(keyOf(router))).toBeDefined();
      // Until it hears of that, the first one answers for the connection that it has.
      await expect.poll(() => first.connections.find(keyOf(router))).toBeUndefined();
    };
    let asked = 0;
    const moving: Pick<Wakes, 'ask'> = {
      ask: async (...question) => {
        asked += 1;
        if (asked === 1) await move();
        return other.wakes.ask(...question);
      },
    };
    const asking = { database: other.database, connections: other.connections, wakes: moving };
    const answer = await askRouter(asking, keyOf(router), { verb: 'scan' }, 20_000);
    expect(answer.devices).toHaveLength(2);
    expect(asked).toBe(2);
  });

  test('a router whose node has gone is not connected anywhere, which is said at once', async () => {
    const other = await startNode(open);
    const ann = await signIn();
    const router = await linkRouter(database, ann.userId);
    const gone = { node: `gone:${randomUUID()}`, instance: randomUUID() };
    await beginLease(database.service, gone);
    await tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction
        .updateTable('user_routers')
        .set({
          is_connected: true,
          connection_id: randomUUID(),
          connected_node: gone.node,
          last_seen: sql`now()`,
        })
        .execute(),
    );
    const answer = await fetch(
      `${other.url}/api/scan?sessionId=${ann.sessionId}&routerId=${router.routerId}`,
      { headers: { authorization: `Bearer ${TOKEN}` } },
    );
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([409, '5']);
    const request = { sessionId: ann.sessionId, routerId: router.routerId };
    expect(await other.client.block({ ...request, ip: IP })).toMatchObject({ state: 'pending' });
  });
});

test.runIf(hasNatsServer)(
  'with NATS away, a change reaches the router by the sweep, and who asks another node is told to wait',
  async () => {
    const own = await startNatsServer();
    onTestFinished(own.remove);
    const open = () => openNats(own.url);
    const sweeping = { sweepEvery: 200 };
    const holder = await startNode(open, sweeping);
    const other = await startNode(open, sweeping);
    const { agent, request, device } = await connectedTo(holder);
    await own.stop();
    await expect.poll(() => holder.wakes.isConnected() || other.wakes.isConnected()).toBe(false);
    await expect(other.client.scan(request)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('NATS cannot be reached'),
    });
    expect((await holder.client.scan(request)).devices).toHaveLength(2);
    expect(await other.client.block(device)).toMatchObject({ blocked: true });
    await agent.until(() => agent.documents.at(-1)?.includes(`block ${MAC}`) === true);
    await own.start();
    await expect.poll(() => holder.wakes.isConnected() && other.wakes.isConnected()).toBe(true);
    expect((await other.client.scan(request)).devices).toHaveLength(2);
  },
);

test('the port for services answers no question that nobody of us has sealed', async () => {
  const { url } = await startNode(openPostgresql);
  for (const type of ['application/octet-stream', 'application/json']) {
    const answer = await fetch(`${url}${QUESTIONS_PATH}`, {
      method: 'POST',
      headers: { 'content-type': type, authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify({ verb: 'scan', user_id: 'ann', router_id: 'r1' }),
    });
    expect(answer.status).toBe(404);
  }
});

describe('a question for a connection', () => {
  const hostname = 'x'.repeat(200);
  const neighbours = Array.from({ length: 5_000 }, (_, n) => ({
    mac: MAC,
    ip: `10.0.${n >> 8}.${n & 255}`,
    online: true,
    hostname,
  }));
  const question = {
    verb: 'scan',
    user_id: 'ann',
    router_id: 'r1',
    connection_id: 'c1',
    milliseconds: 10,
  } as const;
  const holding = (scan: () => Promise<typeof neighbours>): Pick<RouterConnections, 'find'> => ({
    find: () => ({
      held: { user_id: 'ann', router_id: 'r1', connection_id: 'c1', fingerprint: null },
      scan,
      look: () => undefined,
      lookIfIdle: () => undefined,
      check: async () => undefined,
      settled: async () => undefined,
      ask: () => undefined,
      giveWay: () => undefined,
      leave: () => undefined,
      letGo: () => undefined,
    }),
  });

  test('that is another one, or silent, or says too much, is answered so', async () => {
    const all = holding(async () => neighbours);
    const other = { ...question, connection_id: 'c0' };
    expect(await answerQuestion(all, other)).toEqual({ state: 'not-mine' });
    expect(await answerQuestion(all, question)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('1 MB'),
    });
    const silent = holding(() => Promise.withResolvers<typeof neighbours>().promise);
    expect(await answerQuestion(silent, question)).toEqual({ state: 'silent' });
  });
});
