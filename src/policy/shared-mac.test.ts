import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { LAPTOP, PHONE, seen } from '../../testing/network.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { recordScan } from '../devices/scan.ts';
import type { Neighbour } from '../devices/neighbour.ts';
import { setBlocked } from './blocking.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

const REPEATER = PHONE;

/** Somebody's router that has seen this, one whole scan after the other. */
async function home(...scans: Neighbour[][]) {
  const ann = await signIn();
  const routerId = await createRouter(database.service, ann.userId);
  for (const neighbours of scans)
    await recordScan(database.service, {
      userId: ann.userId,
      routerId,
      neighbours,
      complete: true,
    });
  const base = `/api/v1/routers/${routerId}`;
  return {
    ann,
    routerId,
    block: (body: object) => ann.request('POST', `${base}/blocks`, body),
    blocks: async () => (await ann.request('GET', `${base}/blocks`)).json().items,
    devices: async () => (await ann.request('GET', `${base}/devices?sort=ip`)).json().items,
  };
}

describe('a MAC that several devices share, as behind a repeater', () => {
  const behind = [
    seen(REPEATER, '192.168.1.100', { hostname: 'extender' }),
    seen(REPEATER, '192.168.1.101'),
    seen(REPEATER, '192.168.1.102'),
    seen(REPEATER, 'fe80::1'),
  ];
  const shared = () => home([seen(LAPTOP, '192.168.1.101', { hostname: 'tablet' })], [...behind]);

  test('is blocked by one of its addresses only after a question that names everybody', async () => {
    const { block, blocks, devices } = await shared();
    const tablet = (await devices()).find((device: { mac: string }) => device.mac === LAPTOP);
    const refused = await block({ device_ip: '192.168.1.102' });
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({
      type: '/problems/conflict',
      detail: expect.stringContaining('192.168.1.100, tablet (192.168.1.101), 192.168.1.102'),
      errors: [{ field: 'confirm' }],
      behind: [
        { ip: '192.168.1.100', device_id: null, name: null },
        { ip: '192.168.1.101', device_id: tablet.id, name: 'tablet' },
        { ip: '192.168.1.102', device_id: null, name: null },
      ],
    });
    expect(await blocks()).toEqual([]);
    const confirmed = await block({ device_ip: '192.168.1.102', confirm: true });
    expect(confirmed.json()).toMatchObject({ device_mac: REPEATER });
  });

  test('is asked about for the device, too, but not for the MAC itself', async () => {
    const { block, devices } = await shared();
    const device = (await devices()).find((each: { mac: string }) => each.mac === REPEATER);
    expect((await block({ device_id: device.id })).json()).toHaveProperty('behind');
    expect((await block({ device_mac: REPEATER })).statusCode).toBe(201);
  });

  test('is not blocked for a program that nobody can ask', async () => {
    const { ann, routerId, blocks } = await shared();
    const blocking = tenantTransaction(database.service, ann.userId, (transaction) =>
      setBlocked(
        transaction,
        { userId: ann.userId, kind: 'user' },
        { user_id: ann.userId, router_id: routerId },
        '192.168.1.101',
        true,
      ),
    );
    await expect(blocking).rejects.toThrow('tablet (192.168.1.101)');
    expect(await blocks()).toEqual([]);
  });
});

test('a device of many IPv6 addresses, and one IPv4 address, is nobody else', async () => {
  const { block } = await home([
    seen(PHONE, '192.168.1.5'),
    ...Array.from({ length: 20 }, (_, n) => seen(PHONE, `2001:db8::${n + 1}`)),
  ]);
  expect((await block({ device_ip: '2001:db8::7' })).statusCode).toBe(201);
});

test('a device that has just moved is nobody else', async () => {
  const { ann, routerId, block } = await home([seen(PHONE, '192.168.1.5')]);
  await tenantTransaction(database.service, ann.userId, (transaction) =>
    transaction
      .updateTable('user_routers')
      .set({ is_connected: true, connection_id: crypto.randomUUID() })
      .execute(),
  );
  const moved = [seen(PHONE, '192.168.1.6'), seen(PHONE, '192.168.1.5', { online: false })];
  await recordScan(database.service, {
    userId: ann.userId,
    routerId,
    neighbours: moved,
    complete: false,
  });
  expect((await block({ device_ip: '192.168.1.6' })).statusCode).toBe(201);
});
