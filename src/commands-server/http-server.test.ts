/** The six calls, made by the real client over real HTTP to a server that holds a real SSH connection. */
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectAgent, linkRouter } from '../../testing/agent.ts';
import { createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { createCommandsServerClient } from '../commands-client/client.ts';
import { createHttpServer } from './http-server.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);
const TOKEN = 'a-token-for-tests';
const IP = '10.0.0.20';
const MAC = '02:00:00:00:00:20';

async function home() {
  const ann = await signIn();
  const router = await linkRouter(database, ann.userId);
  const server = await startTestCommandsServer(database);
  const app = createHttpServer({
    database: database.service,
    connections: server.connections,
    wakes: database.wakes,
    token: TOKEN,
    log: pino({ level: 'silent' }),
  });
  onTestFinished(() => app.close());
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const connect = (token = TOKEN) => createCommandsServerClient({ url, token, retryDelay: 1 });
  await tenantTransaction(database.service, ann.userId, (transaction) =>
    transaction
      .insertInto('user_devices')
      .values({ user_id: ann.userId, router_id: router.routerId, ip: IP, mac: MAC })
      .execute(),
  );
  const request = { sessionId: ann.sessionId, routerId: router.routerId };
  const blocks = async () =>
    (await ann.request('GET', `/api/v1/routers/${router.routerId}/blocks?state=all`)).json().items;
  const audits = async () => (await ann.request('GET', '/api/v1/audit?action=block')).json().items;
  return {
    ann,
    router,
    url,
    connect,
    request,
    blocks,
    audits,
    client: connect(),
    port: server.port,
    device: { ...request, ip: IP },
  };
}

/** What every one of the calls was refused with; an answer fails the test. */
async function allRefused(calls: Promise<unknown>[]) {
  const results = await Promise.allSettled(calls);
  return results.map((result) => {
    if (result.status === 'fulfilled') throw new Error('it was not refused');
    return result;
  });
}

describe('a session', () => {
  test('may command from its start to its end', async () => {
    const { client, request, ann } = await home();
    const { sessionId } = request;
    expect(await client.startSession({ sessionId })).toEqual({ sessionId, active: true });
    expect(await client.endSession({ sessionId })).toEqual({ sessionId, active: false });
    expect(await client.endSession({ sessionId })).toEqual({ sessionId, active: false });
    await expect(client.startSession({ sessionId })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(client.scan(request)).rejects.toMatchObject({ kind: 'not-found' });
    expect((await ann.request('GET', '/api/v1/me')).statusCode).toBe(401);
  });

  test('that never was is refused', async () => {
    const { client, device } = await home();
    const nobody = { ...device, sessionId: 'made-up' };
    const calls = [
      client.startSession({ sessionId: 'made-up' }),
      client.endSession({ sessionId: 'made-up' }),
      client.block(nobody),
      client.unblock(nobody),
      client.blocked(nobody),
      client.scan(nobody),
    ];
    for (const { reason } of await allRefused(calls)) expect(reason.kind).toBe('not-found');
  });

  test("does not reach another user's router", async () => {
    const { client, device, blocks } = await home();
    const bob = await signIn();
    const foreign = { ...device, sessionId: bob.sessionId };
    const calls = [
      client.block(foreign),
      client.unblock(foreign),
      client.blocked(foreign),
      client.scan(foreign),
    ];
    for (const { reason } of await allRefused(calls)) expect(reason.kind).toBe('not-found');
    expect(await blocks()).toEqual([]);
  });
});

test('who does not have the token learns nothing', async () => {
  const { connect, request, url } = await home();
  await expect(connect('another').scan(request)).rejects.toThrow('with 401');
  const answer = await fetch(`${url}/api/session/start`, { method: 'POST' });
  expect(answer.status).toBe(401);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
});

describe('block and unblock', () => {
  test('are applied once the router has confirmed, by the MAC that is known', async () => {
    const { client, device, router, port, blocks, audits } = await home();
    const agent = await connectAgent(port, router);
    await agent.until(() => agent.documents.length === 1);
    const { routerId, ip } = device;
    expect(await client.block(device)).toEqual({ routerId, ip, blocked: true, state: 'applied' });
    expect(agent.documents.at(-1)).toContain(`block ${MAC}`);
    expect(await client.block(device)).toMatchObject({ state: 'applied' });
    expect(await blocks()).toHaveLength(1);
    expect(await client.unblock(device)).toEqual({
      routerId,
      ip,
      blocked: false,
      state: 'applied',
    });
    expect(agent.documents.at(-1)).not.toContain(`block ${MAC}`);
    expect(await client.unblock(device)).toMatchObject({ blocked: false, state: 'applied' });
    expect(await audits()).toMatchObject([
      { action: 'block.ended', session_id: device.sessionId },
      { action: 'block.started', session_id: device.sessionId },
    ]);
  });

  test('are pending, and say why, while the router is away', async () => {
    const { client, device, blocks } = await home();
    expect(await client.block(device)).toMatchObject({
      state: 'pending',
      reason: 'The router has not connected yet.',
    });
    expect(await blocks()).toMatchObject([{ device_ip: IP, is_active: true }]);
  });

  test('are pending, and say why, when the router refuses', async () => {
    const { client, device, router, port } = await home();
    const agent = await connectAgent(port, router);
    await agent.until(() => agent.documents.length === 1);
    agent.judge = (revision) => `refused ${revision} storage`;
    expect(await client.block(device)).toMatchObject({
      state: 'pending',
      reason: 'The router refused the change: it has no space left to store it.',
    });
  });

  test('never cut off the router itself', async () => {
    const { client, device, ann } = await home();
    await tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction.updateTable('user_devices').set({ is_router: true }).execute(),
    );
    await expect(client.block(device)).rejects.toMatchObject({ kind: 'conflict' });
  });
});

describe('what is blocked', () => {
  test('is what the router itself confirms', async () => {
    const { client, device, request, router, port } = await home();
    await expect(client.blocked(request)).rejects.toMatchObject({ kind: 'conflict' });
    const agent = await connectAgent(port, router);
    await agent.until(() => agent.documents.length === 1);
    await client.block(device);
    expect(await client.blocked(request)).toEqual({ blocked: [{ ip: IP, mac: MAC }] });
    agent.state = 'drifted';
    expect(await client.blocked(request)).toEqual({ blocked: [{ ip: IP, mac: MAC }] });
    expect(agent.documents.at(-1)).toContain(`block ${MAC}`);
    agent.state = 'drifted';
    agent.judge = (revision) => `refused ${revision} nft`;
    await expect(client.blocked(request)).rejects.toMatchObject({ kind: 'conflict' });
  });
});

describe('a scan', () => {
  test('gives who is there now, each of its addresses, and stores it all', async () => {
    const { client, request, router, port, ann } = await home();
    await expect(client.scan(request)).rejects.toMatchObject({ kind: 'conflict' });
    const agent = await connectAgent(port, router, {
      devices: [
        `${MAC} ${IP} online tv%20set`,
        `${MAC} fd00::20 online -`,
        '02:00:00:00:00:21 10.0.0.21 offline old',
      ],
    });
    await agent.until(() => agent.documents.length === 1);
    const { devices, scannedAt } = await client.scan(request);
    expect(devices).toEqual([
      { ip: IP, mac: MAC, hostname: 'tv set' },
      { ip: 'fd00::20', mac: MAC, hostname: null },
    ]);
    expect(Date.parse(scannedAt)).not.toBeNaN();
    const stored = await ann.request('GET', `/api/v1/routers/${request.routerId}/devices`);
    expect(stored.json().items).toMatchObject([
      { mac: MAC, is_online: true },
      { mac: '02:00:00:00:00:21', is_online: false },
    ]);
  });

  test('of a router that disconnects during the call is refused', async () => {
    const { client, request, router, port } = await home();
    const agent = await connectAgent(port, router);
    await agent.until(() => agent.heard.some((line) => line.startsWith('scan')));
    // From now on it answers to nothing.
    agent.client.destroy();
    await expect(client.scan(request)).rejects.toMatchObject({ kind: 'conflict' });
  });
});
