/** Routers that dial in, over real SSH, are made to do what the database says, whatever happens meanwhile. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { connectAgent, linkRouter, settle } from '../../testing/agent.ts';
import { setUserActive } from '../accounts/operator.ts';
import { createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';
import type { CommandsServerOptions } from './start.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);
const EMPTY = ['mode none', 'limit -', 'full -'];

async function home(options: Partial<CommandsServerOptions> = {}) {
  const ann = await signIn();
  const router = await linkRouter(database, ann.userId);
  const base = `/api/v1/routers/${router.routerId}`;
  const { port, connections } = await startTestCommandsServer(database, options);
  const get = async (url: string) => (await ann.request('GET', url)).json();
  return {
    ann,
    router,
    base,
    port,
    connections,
    delivery: async () => (await get(`${base}/policy`)).delivery,
    presence: () => get(base),
    audits: async (action: string) => (await get(`/api/v1/audit?action=${action}`)).items,
    block: (device_ip: string) => ann.request('POST', `${base}/blocks`, { device_ip }),
    inTenant: <Result>(work: (transaction: TenantTransaction) => Promise<Result>) =>
      tenantTransaction(database.service, ann.userId, work),
  };
}

describe('a router that dials in', () => {
  test('is told its policy, is asked for its devices, and its word makes it applied', async () => {
    const { router, port, delivery } = await home();
    const agent = await connectAgent(port, router);
    await settle(agent);
    expect(agent.documents).toEqual([EMPTY]);
    expect(await delivery()).toEqual({ state: 'applied', policy_revision: 1, applied_revision: 1 });
  });

  test('is told nothing where it does already what it is to do', async () => {
    const { router, port, presence } = await home();
    const first = await connectAgent(port, router);
    await settle(first);
    first.client.end();
    await expect.poll(presence).toMatchObject({ is_connected: false });
    const again = await connectAgent(port, router, { revision: 1, state: 'intact' });
    await settle(again);
    expect(again.documents).toEqual([]);
  });

  test('gets the newest policy of all that changed while it was away', async () => {
    const { router, port, block, delivery } = await home();
    await block('10.0.0.20');
    await block('10.0.0.21');
    expect((await delivery()).reason).toBe('The router has not connected yet.');
    const agent = await connectAgent(port, router);
    await settle(agent);
    expect(agent.documents).toEqual([[...EMPTY, 'block 10.0.0.20', 'block 10.0.0.21']]);
  });

  test('is seen to be connected, with what it says of itself, until it goes', async () => {
    const { router, port, presence } = await home();
    const agent = await connectAgent(port, router, { limiter: 'tc' });
    await settle(agent);
    expect(await presence()).toMatchObject({
      is_connected: true,
      agent_version: '1.0',
      limiter: 'tc',
      last_seen: expect.any(String),
      connected_at: expect.any(String),
    });
    agent.client.end();
    await expect.poll(presence).toMatchObject({ is_connected: false });
  });

  test('is asked again where it claims a revision that it never confirmed here', async () => {
    const { router, port, delivery } = await home();
    const agent = await connectAgent(port, router, { revision: 7, state: 'intact' });
    await settle(agent);
    expect(agent.documents).toEqual([EMPTY]);
    expect(await delivery()).toMatchObject({ state: 'applied', applied_revision: 1 });
  });

  test('takes the place of its earlier connection, which is ended', async () => {
    const { router, port, block, presence } = await home();
    const first = await connectAgent(port, router);
    await settle(first);
    const second = await connectAgent(port, router, { revision: 1, state: 'intact' });
    await first.ended;
    await block('10.0.0.20');
    await second.until(() => second.documents.length === 1);
    expect(await presence()).toMatchObject({ is_connected: true });
  });

  test('takes the place of its connection to another Commands-Server', async () => {
    const { router, port } = await home();
    const other = await startTestCommandsServer(database);
    const first = await connectAgent(port, router);
    await settle(first);
    const second = await connectAgent(other.port, router);
    await first.ended;
    expect(second.isEnded()).toBe(false);
  });
});

describe('a change', () => {
  test('reaches the router at once, and is applied once it has said so', async () => {
    const { router, port, block, delivery } = await home();
    const agent = await connectAgent(port, router);
    await settle(agent);
    const { delivery: first } = (await block('10.0.0.20')).json();
    expect(first).toMatchObject({ state: 'pending', policy_revision: 2 });
    await agent.until(() => agent.documents.length === 2);
    expect(agent.documents[1]).toEqual([...EMPTY, 'block 10.0.0.20']);
    await expect.poll(delivery).toMatchObject({ state: 'applied', applied_revision: 2 });
  });

  test('while another is on its way waits, and of many the newest is sent', async () => {
    const { router, port, block, delivery } = await home();
    const agent = await connectAgent(port, router);
    await settle(agent);
    agent.judge = () => undefined; // busy
    await block('10.0.0.20');
    await agent.until(() => agent.documents.length === 2);
    for (const ip of ['10.0.0.21', '10.0.0.22', '10.0.0.23']) await block(ip);
    expect(agent.documents).toHaveLength(2);
    agent.judge = (revision) => `applied ${revision}`;
    agent.say('applied 2');
    await expect.poll(delivery).toMatchObject({ state: 'applied', applied_revision: 5 });
    expect(agent.documents).toHaveLength(3);
    expect(agent.documents[2]).toHaveLength(EMPTY.length + 4);
  });

  test('that the router refuses stays pending with the reason, and is tried again when it is asked how it is', async () => {
    const { router, port, block, delivery } = await home({ checkEvery: 300 });
    const agent = await connectAgent(port, router);
    await settle(agent);
    let isFull = true;
    agent.judge = (revision) => {
      if (isFull) return `refused ${revision} storage`;
      agent.revision = revision;
      return `applied ${revision}`;
    };
    await block('10.0.0.20');
    await expect
      .poll(delivery)
      .toMatchObject({ state: 'pending', reason: expect.stringContaining('no space') });
    isFull = false;
    await expect.poll(delivery).toMatchObject({ state: 'applied' });
  });

  test('whose answer got lost is sent again when the router is back', async () => {
    const { router, port, block, delivery } = await home();
    const agent = await connectAgent(port, router);
    await settle(agent);
    agent.judge = () => {
      agent.client.destroy(); // applied, and then the cable was cut
      return undefined;
    };
    await block('10.0.0.20');
    await agent.ended;
    expect(await delivery()).toMatchObject({ state: 'pending', applied_revision: 1 });
    const back = await connectAgent(port, router, { revision: 2, state: 'intact' });
    await settle(back);
    expect(await delivery()).toMatchObject({ state: 'applied', applied_revision: 2 });
  });
});

describe('rules that somebody changed on the router', () => {
  test('are found, mended, and audited', async () => {
    const { router, port, delivery, audits } = await home({ checkEvery: 300 });
    const agent = await connectAgent(port, router);
    await settle(agent);
    agent.state = 'drifted';
    await agent.until(() => agent.documents.length === 2);
    await expect
      .poll(() => audits('router.drift_mended'))
      .toMatchObject([{ actor: 'system', details: { found: 'drifted', policy_revision: 1 } }]);
    expect(await delivery()).toMatchObject({ state: 'applied' });
  });

  test('are not said to be applied while they are not', async () => {
    const { router, port, delivery } = await home({ checkEvery: 300 });
    const agent = await connectAgent(port, router);
    await settle(agent);
    agent.judge = (revision) => `refused ${revision} nft`;
    agent.state = 'drifted';
    await expect.poll(delivery).toMatchObject({ state: 'pending', applied_revision: 0 });
  });
});

describe('a router that is unlinked', () => {
  test('is told so on its connection, by its own MAC, and dropped', async () => {
    const { ann, router, base, port } = await home();
    const agent = await connectAgent(port, router);
    await settle(agent);
    await ann.request('POST', `${base}/unlink`);
    await agent.ended;
    expect(agent.heard.at(-1)).toBe(`unlink ${agent.lan}`);
  });

  test('is told so when it dials in the next time, and nothing else', async () => {
    const { ann, router, base, port } = await home();
    await ann.request('POST', `${base}/unlink`);
    const agent = await connectAgent(port, router);
    await agent.ended;
    expect(agent.heard).toEqual([`unlink ${agent.lan}`]);
  });

  test('is told so when it is deleted', async () => {
    const { ann, router, base, port } = await home();
    const agent = await connectAgent(port, router);
    await settle(agent);
    await ann.request('DELETE', base);
    await agent.ended;
    expect(agent.heard.at(-1)).toBe(`unlink ${agent.lan}`);
  });

  test('is only dropped where a newer key has replaced its own', async () => {
    const { router, port, inTenant } = await home();
    const agent = await connectAgent(port, router);
    await settle(agent);
    await inTenant((transaction) =>
      transaction
        .updateTable('router_keys')
        .set({ revoked_at: sql`now()` })
        .execute(),
    );
    await agent.ended;
    expect(agent.heard.some((line) => line.startsWith('unlink'))).toBe(false);
  });
});

describe('the routers of a user who is deactivated', () => {
  test('are dropped at once, keep their policy, and are let in again with the user', async () => {
    const { ann, router, port } = await home();
    const agent = await connectAgent(port, router);
    await settle(agent);
    const { email } = (await ann.request('GET', '/api/v1/me')).json();
    await setUserActive(database.owner, email, false);
    await agent.ended;
    expect(agent.heard.some((line) => line.startsWith('unlink'))).toBe(false);
    await expect(connectAgent(port, router)).rejects.toThrow('authentication');
    await setUserActive(database.owner, email, true);
    const again = await connectAgent(port, router, { revision: 1, state: 'intact' });
    await settle(again);
    expect(again.documents).toEqual([]);
  });
});

describe('an agent that does not keep to the protocol is dropped:', () => {
  test.each([
    ['a line that is none', 'reboot now'],
    ['a second hello', 'hello 1.0 0 none nft 02:00:00:00:00:fe'],
    ['an answer to nothing', 'pong 999'],
    ['a revision that was not sent', 'applied 999'],
    ['devices that nobody asked for', 'device 02:00:00:00:00:01 10.0.0.1 online -'],
  ])('%s', async (_what, line) => {
    const { router, port, delivery } = await home();
    const agent = await connectAgent(port, router);
    await settle(agent);
    agent.say(line);
    await agent.ended;
    await expect.poll(delivery).toMatchObject({ state: 'unknown', applied_revision: 1 });
  });

  test('more than it may say', async () => {
    const { router, port } = await home();
    const agent = await connectAgent(port, router);
    await settle(agent);
    for (let said = 0; said < 6_000; said += 1)
      agent.say('event online 02:00:00:00:00:01 10.0.0.1 -');
    await agent.ended;
    expect(agent.isEnded()).toBe(true);
  });
});

test('a Commands-Server of an older version, without a lease, that died leaves nobody connected', async () => {
  const { router, inTenant, presence } = await home();
  const appear = (connected_node: string, last_seen: string) =>
    inTenant((transaction) =>
      transaction
        .updateTable('user_routers')
        .set({ is_connected: true, connection_id: crypto.randomUUID(), connected_node, last_seen })
        .where('router_id', '=', router.routerId)
        .execute(),
    );
  await appear('elsewhere:2222', new Date().toISOString());
  await startTestCommandsServer(database);
  expect(await presence()).toMatchObject({ is_connected: true });
  await appear('elsewhere:2222', new Date(Date.now() - 4 * 60_000).toISOString());
  await startTestCommandsServer(database);
  await expect.poll(presence).toMatchObject({ is_connected: false });
});
