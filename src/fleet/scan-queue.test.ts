import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectAgent, linkRouter } from '../../testing/agent.ts';
import { createTestApp } from '../../testing/app.ts';
import { startTestCommandsServer } from '../../testing/commands-server-role.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { LAPTOP, PHONE, createHome, seen } from '../../testing/network.ts';
import type { Neighbour } from '../devices/neighbour.ts';
import { createScanQueue } from './scan-queue.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);
const FIELD_CASES = join(import.meta.dirname, '../../testing/field-cases');

describe('10-address-moves-to-another-mac', () => {
  const file = join(FIELD_CASES, '10-address-moves-to-another-mac/lines.txt');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const ip = '192.168.1.21';

  test('the device that is online with an address has it, and is the one that is blocked', async () => {
    const ann = await signIn();
    const router = await linkRouter(database, ann.userId);
    const { port } = await startTestCommandsServer(database);
    const devices = lines
      .filter((line) => line.startsWith('device '))
      .map((line) => line.slice('device '.length));
    const agent = await connectAgent(port, router, { devices });
    const path = `/api/v1/routers/${router.routerId}`;
    const list = async () =>
      (await ann.request('GET', `${path}/devices?sort=first_seen`)).json().items;
    await expect.poll(list).toMatchObject([{ mac: '02:10:00:00:00:01', is_online: true }]);

    for (const line of lines.filter((each) => each.startsWith('event '))) agent.say(line);
    await expect.poll(list).toMatchObject([
      { mac: '02:10:00:00:00:01', ip, holds_ip: false, is_online: false },
      { mac: '02:20:00:00:00:02', ip, holds_ip: true, is_online: true },
    ]);
    expect((await ann.request('POST', `${path}/blocks`, { device_ip: ip })).json()).toMatchObject({
      device_mac: '02:20:00:00:00:02',
    });
  });

  const here = seen(LAPTOP, ip);
  const gone = seen(PHONE, ip, { online: false });
  const expected = [
    { mac: PHONE, holds_ip: false, is_online: false },
    { mac: LAPTOP, holds_ip: true, is_online: true },
  ];

  test.each([
    ['in two events', [[here], [gone]]],
    ['in two events, the other way round', [[gone], [here]]],
    ['in one batch', [[here, gone]]],
    ['in one batch, the other way round', [[gone, here]]],
  ])('who comes has the address of who goes: %s', async (_how, batches) => {
    const { scan, event, devices } = await createHome(database.service);
    await scan(1, [seen(PHONE, ip)]);
    for (const batch of batches) await event(2, batch);
    expect(await devices()).toMatchObject(expected);
    for (const order of [
      [here, gone],
      [gone, here],
    ]) {
      await scan(3, order);
      expect(await devices()).toMatchObject(expected);
    }
  });

  test('who was never seen and is offline takes nothing from who is online', async () => {
    const { scan, event, devices } = await createHome(database.service);
    await scan(1, [here]);
    await event(2, [gone]);
    expect(await devices()).toMatchObject(expected);
  });

  test('the address of a device known by it alone becomes that of the online one', async () => {
    const { scan, write, query, userId, routerId } = await createHome(database.service);
    await write(`insert into user_devices (user_id, router_id, ip, device_name)
      values ('${userId}', '${routerId}', '${ip}', 'NAS')`);
    await scan(1, [here, gone]);
    expect(await query(`select mac from user_devices where device_name = 'NAS'`)).toEqual([
      { mac: LAPTOP },
    ]);
  });

  test('of what many events say, the last one of each address counts, in the order of those', async () => {
    const stored: Neighbour[][] = [];
    const store = async (neighbours: readonly Neighbour[]) => void stored.push([...neighbours]);
    const queue = createScanQueue(store, () => expect.unreachable());
    const [laptop, phone] = [seen(LAPTOP, ip), seen(PHONE, ip)];
    for (const each of [laptop, phone, { ...phone, online: false }, laptop]) queue.event(each);
    await queue.scan([]);
    expect(stored).toEqual([[{ ...phone, online: false }, laptop], []]);
  });
});
