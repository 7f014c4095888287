import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { connectAgent, linkRouter } from '../../testing/agent.ts';
import { createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { rowsOf } from '../../testing/data-folder.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { noteMissedRouters } from './leases.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

describe('46-router-is-off', () => {
  /** A router with one device that is online. */
  async function home() {
    const ann = await signIn();
    const router = await linkRouter(database, ann.userId);
    const { port } = await startTestCommandsServer(database);
    const path = `/api/v1/routers/${router.routerId}`;
    const get = async (url: string) => (await ann.request('GET', url)).json();
    const list = async (state: string) => (await get(`${path}/devices?state=${state}`)).items;
    const agent = await connectAgent(port, router, {
      devices: ['02:10:00:00:00:01 192.168.1.21 online tablet'],
    });
    await expect.poll(() => list('online')).toHaveLength(1);
    return {
      ann,
      router,
      port,
      agent,
      list,
      presence: () => get(path),
      stays: async () => {
        const [{ id }] = await list((await list('online')).length > 0 ? 'online' : 'offline');
        return (await get(`${path}/devices/${id}`)).presence;
      },
    };
  }

  test('its devices are not online, and their stays end when it was last heard', async () => {
    const { agent, list, presence, stays } = await home();
    agent.client.end();
    await expect.poll(() => list('online')).toEqual([]);
    expect(await list('offline')).toMatchObject([{ is_online: false, holds_ip: true }]);
    const { is_connected, last_seen } = await presence();
    expect(is_connected).toBe(false);
    expect(await stays()).toMatchObject([{ offline_at: last_seen }]);
  });

  test('nobody knows how its devices are, nor whether its policy still holds, since then', async () => {
    const { ann, router, port, agent, list, presence } = await home();
    const path = `/api/v1/routers/${router.routerId}`;
    const get = async (url: string) => (await ann.request('GET', url)).json();
    await ann.request('POST', `${path}/blocks`, { device_mac: '02:10:00:00:00:09' });
    const delivery = async () => (await get(`${path}/policy`)).delivery;
    await expect.poll(delivery).toMatchObject({ state: 'applied' });
    expect(await list('unknown')).toEqual([]);
    agent.client.end();
    await expect.poll(() => list('unknown')).toHaveLength(1);
    const { last_seen } = await presence();
    const [device] = await list('unknown');
    expect(device).toMatchObject({ is_online: false, unknown_since: last_seen });
    expect(await get(`${path}/devices/${device.id}`)).toMatchObject({ unknown_since: last_seen });
    const unknown = { state: 'unknown', unknown_since: last_seen, reason_code: 'away' };
    expect(await delivery()).toMatchObject(unknown);
    const { revision, state } = agent;
    await connectAgent(port, router, { devices: agent.devices, revision, state });
    await expect.poll(() => list('online')).toHaveLength(1);
    expect(await list('unknown')).toEqual([]);
    await expect.poll(delivery).toMatchObject({ state: 'applied' });
  });

  test('all is right again when it is back: its devices have a new stay', async () => {
    const { agent, router, port, list, stays } = await home();
    agent.client.end();
    await expect.poll(() => list('online')).toEqual([]);
    await connectAgent(port, router, { devices: agent.devices });
    await expect.poll(() => list('online')).toHaveLength(1);
    expect(await stays()).toMatchObject([{ offline_at: null }, { offline_at: expect.any(String) }]);
  });

  test('what it said just before it went does not bring them back', async () => {
    const { ann, agent, list, presence } = await home();
    // Storing it takes longer than noticing that the connection has ended.
    await tenantTransaction(database.service, ann.userId, async (transaction) => {
      await sql`select from router_policies for update`.execute(transaction);
      for (const host of [101, 102]) {
        agent.say(`event online 02:10:00:00:00:01 192.168.1.${host} tablet`);
        await setTimeout(100);
      }
      agent.client.end();
      await agent.ended;
      await setTimeout(200);
    });
    const last = `select from device_addresses where ip = '192.168.1.102'`;
    await expect.poll(() => rowsOf(database.service, ann.userId, last)).toHaveLength(1);
    await expect.poll(presence).toMatchObject({ is_connected: false });
    expect(await list('online')).toEqual([]);
  });

  test('nor are they while its Commands-Server is gone, which was last heard an hour ago', async () => {
    const { ann, list, stays } = await home();
    await rowsOf(
      database.service,
      ann.userId,
      `update user_routers set last_seen = now() - interval '1 hour', connected_node = 'another:2222'`,
    );
    await rowsOf(
      database.service,
      ann.userId,
      `update device_presence set online_at = now() - interval '2 hours'`,
    );
    await noteMissedRouters(database.service);
    expect(await list('online')).toEqual([]);
    const [{ online_at, offline_at }] = await stays();
    const minutes = (Date.parse(offline_at) - Date.parse(online_at)) / 60_000;
    expect(Math.round(minutes)).toBe(60);
  });
});
