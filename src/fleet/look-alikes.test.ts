/** Boxes that pass for one another are seen and said, and none takes the place of the other without a word. */
import { describe, expect, test } from 'vitest';
import { type Behaviour, connectAgent, linkRouter, settle } from '../../testing/agent.ts';
import { createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { rowsOf } from '../../testing/data-folder.ts';
import type { CommandsServerOptions } from './start.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);
const [ONE, OTHER] = ['02:00:00:00:00:01', '02:00:00:00:00:02'];

async function home(options: Partial<CommandsServerOptions> = {}) {
  const ann = await signIn();
  const router = await linkRouter(database, ann.userId);
  const { port } = await startTestCommandsServer(database, options);
  const get = async (url: string) => (await ann.request('GET', url)).json();
  return {
    ann,
    router,
    port,
    find: () => get(`/api/v1/routers/${router.routerId}`),
    get,
    list: async () => (await get('/api/v1/routers')).items,
    devices: async () => (await get(`/api/v1/routers/${router.routerId}/devices`)).items,
    audits: async (action: string) => (await get(`/api/v1/audit?action=${action}`)).items,
    connect: async (behaviour: Partial<Behaviour>, linked = router) => {
      const agent = await connectAgent(port, linked, behaviour);
      await settle(agent);
      return agent;
    },
  };
}

describe('two boxes with one key', () => {
  test('are seen as soon as both are there, though they have one MAC; the audit has it once', async () => {
    const { connect, find, audits } = await home();
    const first = await connect({ lan: ONE });
    expect(await find()).toMatchObject({ rival: null, lan_mac: ONE });
    await connect({ lan: ONE });
    await first.ended;
    const seen_at = expect.any(String);
    expect(await find()).toMatchObject({ rival: { lan_mac: ONE, seen_at }, is_connected: true });
    const third = await connect({ lan: OTHER });
    await expect.poll(find).toMatchObject({ lan_mac: OTHER, rival: { lan_mac: ONE } });
    expect(await audits('router.key_shared')).toMatchObject([
      { actor: 'router', details: { lan_macs: [ONE, ONE] } },
    ]);
    // That they take turns is said already.
    expect(await audits('router.lan_changed')).toEqual([]);
    expect(third.isEnded()).toBe(false);
  });

  test('at two Commands-Servers are seen too', async () => {
    const { connect, find, router } = await home();
    const first = await connect({ lan: ONE });
    const other = await startTestCommandsServer(database);
    await connectAgent(other.port, router, { lan: OTHER });
    await first.ended;
    expect(await find()).toMatchObject({ rival: { lan_mac: ONE }, lan_mac: OTHER });
  });

  test('do not mix: what the first one says after the second has come is not heard', async () => {
    const { connect, devices } = await home();
    const first = await connect({ lan: ONE });
    const second = await connect({ lan: OTHER, devices: [`${ONE} 10.0.0.1 online -`] });
    first.say(`event online 02:00:00:00:00:99 10.0.0.99 stranger`);
    await first.ended;
    await expect.poll(devices).toMatchObject([{ mac: ONE }]);
    second.say(`event online 02:00:00:00:00:98 10.0.0.98 phone`);
    await expect.poll(devices).toHaveLength(2);
  });

  test('are no more once the other one has not been seen for an hour', async () => {
    const { connect, find, ann, router } = await home();
    const first = await connect({ lan: ONE });
    await connect({ lan: OTHER });
    await first.ended;
    await rowsOf(
      database.service,
      ann.userId,
      `update user_routers set rival_seen_at = now() - interval '61 minutes' where router_id = '${router.routerId}'`,
    );
    expect(await find()).toMatchObject({ rival: null });
  });
});

test('a router that is gone and comes back is no rival of itself', async () => {
  const { connect, find } = await home();
  const first = await connect({ lan: ONE });
  first.client.end();
  await expect.poll(find).toMatchObject({ is_connected: false });
  await connect({ lan: ONE });
  expect(await find()).toMatchObject({ is_connected: true, rival: null });
});

test('a router that connects again and again is said to', async () => {
  const { connect, find } = await home();
  for (let times = 1; times <= 5; times += 1) {
    const agent = await connect({});
    agent.client.end();
    await expect.poll(find).toMatchObject({ is_connected: false, connections: times });
  }
  expect(await find()).toMatchObject({
    is_flapping: false,
    connections_since: expect.any(String),
  });
  await connect({});
  expect(await find()).toMatchObject({ is_flapping: true, connections: 6, rival: null });
});

test('a LAN with another MAC than before is said, and the router itself is not blocked for it', async () => {
  const { connect, find, get, ann, audits, router } = await home();
  (await connect({ lan: ONE })).client.end();
  await expect.poll(find).toMatchObject({ is_connected: false });
  await ann.request('POST', `/api/v1/routers/${router.routerId}/blocks`, { device_mac: OTHER });
  const agent = await connect({ lan: OTHER });
  expect(agent.documents.flat().filter((line) => line.startsWith('block'))).toEqual([]);
  expect(await audits('router.lan_changed')).toMatchObject([
    { router_id: router.routerId, details: { before: ONE, after: OTHER } },
  ]);
  expect(await find()).toMatchObject({ lan_mac: OTHER, has_other_lan_mac: false });
  await rowsOf(
    database.service,
    ann.userId,
    `update user_routers set router_id = 'mac-020000000001' where router_id = '${router.routerId}'`,
  );
  expect(await get('/api/v1/routers/mac-020000000001')).toMatchObject({ has_other_lan_mac: true });
});

test('03-two-routers-one-mac: noticed later than at linking, both say so', async () => {
  const { connect, find, list, ann, audits, router } = await home();
  const second = await linkRouter(database, ann.userId);
  await connect({ lan: ONE });
  await connect({ lan: OTHER }, second);
  expect(await find()).toMatchObject({ same_lan_mac: [] });
  await connect({ lan: ONE }, second);
  expect(await list()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        router_id: router.routerId,
        same_lan_mac: [second.routerId],
      }),
      expect.objectContaining({
        router_id: second.routerId,
        same_lan_mac: [router.routerId],
      }),
    ]),
  );
  expect(await audits('router.lan_mac_shared')).toMatchObject([
    { router_id: second.routerId, details: { lan_mac: ONE, routers: [router.routerId] } },
  ]);
});

test('whether a router knows the time is in the API, and its change an event', async () => {
  const { connect, find, ann, router } = await home({ checkEvery: 50 });
  await connect({ features: 'time', clock: 'held' });
  await expect.poll(find).toMatchObject({ clock: 'held' });
  const events = () =>
    rowsOf(
      database.service,
      ann.userId,
      `select data from events where type = 'router.clock_changed' and router_id = '${router.routerId}'`,
    );
  expect(await events()).toEqual([{ data: { clock: 'held' } }]);
});
