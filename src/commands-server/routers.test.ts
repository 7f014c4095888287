/** Routers that dial in, over real SSH, are made to do what the database says. */
import { describe, expect, test } from 'vitest';
import { connectAgent, linkRouter } from '../../testing/agent.ts';
import { createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

async function home() {
  const ann = await signIn();
  const router = await linkRouter(database, ann.userId);
  const base = `/api/v1/routers/${router.routerId}`;
  const server = await startTestCommandsServer(database);
  return {
    ann,
    router,
    base,
    server,
    port: server.port,
    delivery: async () => (await ann.request('GET', `${base}/policy`)).json().delivery,
    block: (device_ip: string) => ann.request('POST', `${base}/blocks`, { device_ip }),
  };
}

describe('a router that dials in', () => {
  test('is told its policy, is asked for its devices, and its word makes it applied', async () => {
    const { router, port, delivery } = await home();
    const agent = await connectAgent(port, router);
    await agent.until(() => agent.heard.some((line) => line.startsWith('scan')));
    expect(agent.documents).toEqual([['mode none', 'limit -', 'full -']]);
    expect(await delivery()).toEqual({ state: 'applied', policy_revision: 1, applied_revision: 1 });
  });

  test('is told of a change at once', async () => {
    const { router, port, block, delivery } = await home();
    const agent = await connectAgent(port, router);
    await agent.until(() => agent.documents.length === 1);
    await block('10.0.0.20');
    await agent.until(() => agent.documents.length === 2);
    expect(agent.documents[1]).toEqual(['mode none', 'limit -', 'full -', 'block 10.0.0.20']);
    await expect.poll(delivery).toMatchObject({ state: 'applied', applied_revision: 2 });
  });
});
