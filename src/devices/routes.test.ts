import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { furnish } from '../../testing/household.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

type Known = {
  ip: string;
  mac?: string;
  device_name?: string;
  hostname?: string;
  device_type?: string;
  manufacturer?: string;
  is_online?: boolean;
  holds_ip?: boolean;
};

/** Devices that the person's router has seen; gives their ids. */
function see({ userId }: Person, router_id: string, devices: Known[]): Promise<string[]> {
  return tenantTransaction(database.service, userId, async (transaction) => {
    const rows = await transaction
      .insertInto('user_devices')
      .values(devices.map((device) => ({ user_id: userId, router_id, ...device })))
      .returning('id')
      .execute();
    return rows.map(({ id }) => id);
  });
}

/** A person with a router and, on it, these devices. */
async function home(devices: Known[] = []) {
  const ann = await signIn();
  const router = await createRouter(database.service, ann.userId);
  const ids = devices.length === 0 ? [] : await see(ann, router, devices);
  const path = `/api/v1/routers/${router}/devices`;
  return { ann, router, path, url: `${path}/${ids[0] ?? ''}` };
}

describe('the list of devices', () => {
  const devices: Known[] = [
    { ip: '10.0.0.1', mac: '9a:8d:bc:e0:52:41', device_name: 'TV 100%', device_type: 'tv' },
    { ip: '10.0.0.2', hostname: 'Annas_Phone', device_type: 'phone', is_online: true },
    { ip: '10.0.0.30', hostname: 'annasXphone', manufacturer: 'Müller' },
    { ip: 'fd00::1', device_name: 'back\\slash' },
  ];

  test.each([
    ['text=tv', ['10.0.0.1']],
    ['text=100%25', ['10.0.0.1']],
    ['text=%25', ['10.0.0.1']],
    ['text=ANNAS_PHONE', ['10.0.0.2']],
    ['text=mÜLL', ['10.0.0.30']],
    ['text=BC:E0', ['10.0.0.1']],
    ['text=fd00', ['fd00::1']],
    ['text=FD00:0:0::0001', ['fd00::1']],
    ['text=::ffff:10.0.0.30', ['10.0.0.30']],
    ['text=%5C', ['fd00::1']],
    ['text=0.0.3', ['10.0.0.30']],
    ["text=';drop", []],
    ['type=phone', ['10.0.0.2']],
    ['state=online', ['10.0.0.2']],
    ['state=offline&sort=ip', ['10.0.0.1', '10.0.0.30', 'fd00::1']],
    ['sort=ip', ['10.0.0.1', '10.0.0.2', '10.0.0.30', 'fd00::1']],
    ['sort=-ip&limit=2', ['fd00::1', '10.0.0.30']],
    ['sort=name', ['10.0.0.2', '10.0.0.30', 'fd00::1', '10.0.0.1']],
    ['sort=type', ['10.0.0.2', '10.0.0.1', expect.any(String), expect.any(String)]],
    ['sort=-type', ['10.0.0.1', '10.0.0.2', expect.any(String), expect.any(String)]],
  ])('for %s is %j', async (query, expected) => {
    const { ann, path } = await home(devices);
    const answer = await ann.request('GET', `${path}?${query}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.json().items.map(({ ip }: { ip: string }) => ip)).toEqual(expected);
  });

  test('tells which are blocked or listed: by MAC, else by the address they hold now', async () => {
    const { ann, router, path } = await home([
      { ip: '10.0.0.1', mac: '02:00:00:00:00:01' },
      { ip: '10.0.0.2', mac: '02:00:00:00:00:02' },
      { ip: '10.0.0.2', mac: '02:00:00:00:00:03', holds_ip: false },
    ]);
    await tenantTransaction(database.service, ann.userId, async (transaction) => {
      const owned = { user_id: ann.userId, router_id: router };
      // Listed at another address than where it is now.
      await transaction
        .insertInto('user_whitelists')
        .values({ ...owned, device_ip: '10.0.0.9', device_mac: '02:00:00:00:00:01' })
        .execute();
      await transaction
        .insertInto('user_blacklists')
        .values([
          { ...owned, device_ip: '10.0.0.2' },
          { ...owned, device_ip: '10.0.0.1', is_active: false },
        ])
        .execute();
      await transaction
        .insertInto('user_blocked_devices')
        .values([
          { ...owned, device_ip: '10.0.0.2', device_mac: '02:00:00:00:00:03' },
          {
            ...owned,
            device_ip: '10.0.0.1',
            is_active: false,
            unblocked_at: '2125-01-01T00:00:00Z',
          },
        ])
        .execute();
    });
    const flags = { is_blocked: false, is_whitelisted: false, is_blacklisted: false };
    const { items } = (await ann.request('GET', `${path}?sort=ip`)).json();
    expect(
      items.toSorted((a: Known, b: Known) => (a.mac ?? '').localeCompare(b.mac ?? '')),
    ).toEqual([
      expect.objectContaining({ ...flags, is_whitelisted: true }),
      expect.objectContaining({ ...flags, is_blacklisted: true }),
      expect.objectContaining({ ...flags, is_blocked: true }),
    ]);
    const macs = async (state: string) =>
      (await ann.request('GET', `${path}?state=${state}`))
        .json()
        .items.map(({ mac }: Known) => mac);
    expect(await macs('whitelisted')).toEqual(['02:00:00:00:00:01']);
    expect(await macs('blacklisted')).toEqual(['02:00:00:00:00:02']);
    expect(await macs('blocked')).toEqual(['02:00:00:00:00:03']);
  });

  test('across all routers has each device with its router', async () => {
    const { ann, router } = await home([{ ip: '10.0.0.1' }]);
    const office = await createRouter(database.service, ann.userId);
    await see(ann, office, [{ ip: '10.0.0.1' }]);
    const routers = async (query: string) =>
      (await ann.request('GET', `/api/v1/devices${query}`))
        .json()
        .items.map(({ router_id }: { router_id: string }) => router_id);
    expect(new Set(await routers(''))).toEqual(new Set([router, office]));
    expect(await routers(`?router_id=${office}`)).toEqual([office]);
  });

  test('of a router without devices is empty; of an unknown router it is not found', async () => {
    const { ann, path } = await home();
    expect((await ann.request('GET', path)).json()).toEqual({ items: [], next_cursor: null });
    expect((await ann.request('GET', '/api/v1/routers/none/devices')).statusCode).toBe(404);
    expect((await ann.request('GET', '/api/v1/devices?router_id=none')).statusCode).toBe(404);
  });

  test.each([
    ['sort=colour', 'sort'],
    ['state=asleep', 'state'],
    ['limit=0', 'limit'],
    ['limit=many', 'limit'],
    ['colour=red', 'colour'],
    ['cursor=nonsense', 'cursor'],
    ['text=%00', 'text'],
  ])('refuses %s and names the field', async (query, field) => {
    const { ann, path } = await home();
    const answer = await ann.request('GET', `${path}?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ field }]);
  });
});

describe('one device', () => {
  test('comes with where it is and was before, newest first, and without what is not for people', async () => {
    const { ann, url, path } = await home([{ ip: '10.0.0.1', mac: '02:00:00:00:00:01' }]);
    await tenantTransaction(database.service, ann.userId, async (transaction) => {
      const device = await transaction
        .selectFrom('user_devices')
        .selectAll()
        .executeTakeFirstOrThrow();
      const { user_id, router_id, id: device_id } = device;
      await transaction
        .insertInto('device_addresses')
        .values(
          [3, 5, 4].map((day) => ({
            user_id,
            router_id,
            device_id,
            ip: `10.0.0.${day}`,
            first_seen: '2025-06-01T00:00:00Z',
            last_seen: `2025-06-0${day}T00:00:00Z`,
          })),
        )
        .execute();
    });
    const device = (await ann.request('GET', url)).json();
    expect(device.addresses.map(({ ip }: Known) => ip)).toEqual([
      '10.0.0.1',
      '10.0.0.5',
      '10.0.0.4',
      '10.0.0.3',
    ]);
    expect(device).not.toHaveProperty('user_id');
    const [listed] = (await ann.request('GET', path)).json().items;
    expect(device).toMatchObject(listed);
  });

  test('is named and typed, null takes it back, and the audit has both sides', async () => {
    const { ann, url } = await home([{ ip: '10.0.0.1', hostname: 'tv' }]);
    await ann.request('PATCH', url, { device_name: 'Living room', device_type: 'tv' });
    const answer = await ann.request('PATCH', url, { device_name: null });
    expect(answer.json()).toMatchObject({
      device_name: null,
      device_type: 'tv',
      hostname: 'tv',
      is_blocked: false,
    });
    const { items } = (await ann.request('GET', '/api/v1/audit?action=device.changed')).json();
    expect(items).toMatchObject([
      { details: { before: { device_name: 'Living room' }, after: { device_name: null } } },
      { details: { before: { device_name: null }, after: { device_name: 'Living room' } } },
    ]);
  });

  test('keeps its tag when it is merely seen again, and loses it when it is renamed', async () => {
    const { ann, url } = await home([{ ip: '10.0.0.1' }]);
    const tag = String((await ann.request('GET', url)).headers.etag);
    await tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction.updateTable('user_devices').set({ is_online: true }).execute(),
    );
    const first = await ann.request('PATCH', url, { device_name: 'A' }, { 'if-match': tag });
    expect(first.statusCode).toBe(200);
    expect(first.headers.etag).toBe((await ann.request('GET', url)).headers.etag);
    for (const method of ['PATCH', 'DELETE'] as const) {
      const body = method === 'PATCH' ? { device_name: 'B' } : undefined;
      expect((await ann.request(method, url, body, { 'if-match': tag })).statusCode).toBe(412);
    }
    expect((await ann.request('GET', url)).json()).toMatchObject({ device_name: 'A' });
  });

  test.each([
    [{ device_name: ' ' }, 'device_name'],
    [{ device_name: 'x'.repeat(256) }, 'device_name'],
    [{ device_type: 'x'.repeat(101) }, 'device_type'],
    [{ device_type: 7 }, 'device_type'],
    [{ mac: '02:00:00:00:00:01' }, 'mac'],
    [{}, ''],
  ])('refuses %j and names the field', async (body, field) => {
    const { ann, url } = await home([{ ip: '10.0.0.1' }]);
    const answer = await ann.request('PATCH', url, body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ field }]);
  });

  test('is forgotten only while offline, and stays on the lists', async () => {
    const ann = await signIn();
    const { mark: router, ids } = await furnish(database.service, ann.userId);
    const url = `/api/v1/routers/${router}/devices/${ids['devices']}`;
    const setOnline = (is_online: boolean) =>
      tenantTransaction(database.service, ann.userId, (transaction) =>
        transaction.updateTable('user_devices').set({ is_online }).execute(),
      );
    await setOnline(true);
    expect((await ann.request('DELETE', url)).statusCode).toBe(409);
    await setOnline(false);
    expect((await ann.request('DELETE', url)).statusCode).toBe(204);
    expect((await ann.request('DELETE', url)).statusCode).toBe(404);
    await tenantTransaction(database.service, ann.userId, async (transaction) => {
      const entries = transaction.selectFrom('user_whitelists').where('router_id', '=', router);
      expect(await entries.selectAll().execute()).toMatchObject([
        { device_id: null, device_mac: '9a:8d:bc:e0:52:41' },
      ]);
      const audit = transaction.selectFrom('audit_entries').where('action', '=', 'device.deleted');
      expect(await audit.selectAll().execute()).toMatchObject([{ subject_id: ids['devices'] }]);
    });
  });

  test('of another user, and of another router, is not found', async () => {
    const { ann, url, router } = await home([{ ip: '10.0.0.1' }]);
    const bob = await signIn();
    const office = await createRouter(database.service, ann.userId);
    for (const [person, place] of [
      [bob, url],
      [ann, url.replace(router, office)],
    ] as const) {
      expect((await person.request('GET', place)).statusCode).toBe(404);
      expect((await person.request('PATCH', place, { device_name: 'x' })).statusCode).toBe(404);
      expect((await person.request('DELETE', place)).statusCode).toBe(404);
    }
    expect((await ann.request('GET', url)).json()).toMatchObject({ device_name: null });
  });
});

test('a MAC that two routers know is said of both, and stays two entries', async () => {
  const mac = '9a:8d:bc:e0:52:41';
  const { ann, router, url } = await home([{ ip: '10.0.0.1', mac, device_name: 'TV' }]);
  const office = await createRouter(database.service, ann.userId);
  expect((await ann.request('GET', url)).json().elsewhere).toEqual([]);
  const [other] = await see(ann, office, [{ ip: '10.9.0.1', mac, is_online: true }]);
  expect((await ann.request('GET', url)).json()).toMatchObject({
    device_name: 'TV',
    elsewhere: [{ router_id: office, device_id: other, is_online: true }],
  });
  const there = await ann.request('GET', `/api/v1/routers/${office}/devices/${other}`);
  expect(there.json()).toMatchObject({ device_name: null, elsewhere: [{ router_id: router }] });
  await see(ann, office, [{ ip: '10.9.0.2', mac: '9a:8d:bc:e0:52:42' }]);
  const { items } = (await ann.request('GET', '/api/v1/devices?sort=ip')).json();
  const isElsewhere = items.map((device: { is_elsewhere: boolean }) => device.is_elsewhere);
  expect(isElsewhere).toEqual([true, true, false]);
});
