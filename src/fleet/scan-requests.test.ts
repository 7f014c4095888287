/** "Scan now": asked for over the API, done by whichever Commands-Server holds the router. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type TestAgent, connectAgent, linkRouter } from '../../testing/agent.ts';
import { createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

async function home() {
  const ann = await signIn();
  const router = await linkRouter(database, ann.userId);
  const base = `/api/v1/routers/${router.routerId}`;
  const get = async (url: string) => (await ann.request('GET', url)).json();
  return {
    ann,
    base,
    router,
    scan: () => ann.request('POST', `${base}/scan`),
    find: () => get(base),
    devices: async () => (await get(`${base}/devices`)).items,
    requests: async () => (await get('/api/v1/audit?action=router.scan_requested')).items,
    events: () =>
      tenantTransaction(database.service, ann.userId, (transaction) =>
        transaction
          .selectFrom('events')
          .select('router_id')
          .where('type', '=', 'router.scanned')
          .execute(),
      ),
    connectNowhere: () =>
      tenantTransaction(database.service, ann.userId, (transaction) =>
        transaction
          .updateTable('user_routers')
          .set({ is_connected: true, connection_id: crypto.randomUUID(), last_seen: sql`now()` })
          .execute(),
      ),
  };
}

function countScans({ heard }: TestAgent): number {
  return heard.filter((line) => line.startsWith('scan ')).length;
}

describe('a scan that a person asks for', () => {
  test('is done at once by the process that holds the router, and seen to be done', async () => {
    const { router, scan, find, devices, events, requests } = await home();
    await startTestCommandsServer(database);
    const { port } = await startTestCommandsServer(database);
    const agent = await connectAgent(port, router);
    await expect.poll(find, { timeout: 10_000 }).toMatchObject({ scanned_at: expect.any(String) });
    const { scanned_at: before } = await find();
    expect(await events()).toEqual([]); // nobody had asked for the first one
    agent.devices = ['02:00:00:00:00:01 10.0.0.1 online tv'];
    const answer = await scan();
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({
      is_connected: true,
      scan_wanted_at: expect.any(String),
      scanned_at: before,
    });
    await expect.poll(find, { timeout: 10_000 }).toMatchObject({ scan_wanted_at: null });
    expect((await find()).scanned_at > before).toBe(true);
    expect(await devices()).toMatchObject([{ hostname: 'tv' }]);
    expect(countScans(agent)).toBe(2);
    expect(await events()).toEqual([{ router_id: router.routerId }]);
    expect(await requests()).toMatchObject([{ actor: 'user', router_id: router.routerId }]);
  });

  test('while one is wanted is the same one', async () => {
    const { scan, connectNowhere, requests } = await home();
    await connectNowhere();
    const { scan_wanted_at } = (await scan()).json();
    expect((await scan()).json()).toMatchObject({ scan_wanted_at });
    expect(await requests()).toHaveLength(1);
  });

  test('is done when the router is back, if it went before', async () => {
    const { router, scan, find, connectNowhere } = await home();
    await connectNowhere();
    await scan();
    const { port } = await startTestCommandsServer(database);
    await connectAgent(port, router);
    await expect.poll(find, { timeout: 10_000 }).toMatchObject({
      scan_wanted_at: null,
      scanned_at: expect.any(String),
    });
  });

  test('is refused with the reason while the router is away, or unlinked', async () => {
    const { ann, base, scan } = await home();
    const away = await scan();
    expect([away.statusCode, away.json().detail]).toEqual([
      409,
      'The router is not connected. It is scanned when it connects.',
    ]);
    await ann.request('POST', `${base}/unlink`);
    const unlinked = await scan();
    expect([unlinked.statusCode, unlinked.json().detail]).toEqual([
      409,
      'The router is not linked. It is scanned when it is linked again.',
    ]);
  });
});
