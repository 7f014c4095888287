import { describe, expect, test } from 'vitest';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { rowsOf } from '../../testing/data-folder.ts';
import { LAPTOP, MADE_UP, PHONE, createHome, seen } from '../../testing/network.ts';
import { NotFoundError } from '../errors.ts';
import { UNKNOWN_ADDRESS } from './address.ts';
import { recordScan } from './scan.ts';

const { service } = await createTestDatabase();

const home = () => createHome(service);

describe('a device never seen before', () => {
  test('is stored with its address, its maker and its first day, and told of in audit and events', async () => {
    const { scan, query, devices, addresses, stays, events } = await home();
    expect(await scan(1, [seen(PHONE, '10.0.0.5', { hostname: 'Anns-Phone' })])).toEqual({
      discovered: 1,
      came_online: 0,
      went_offline: 0,
      moved: 0,
      raised_revision: null,
    });
    expect(await devices()).toEqual([
      { mac: PHONE, ip: '10.0.0.5', holds_ip: true, is_online: true, hostname: 'Anns-Phone' },
    ]);
    expect(
      await query(`select manufacturer, first_seen = last_seen as once from user_devices`),
    ).toEqual([{ manufacturer: 'Apple, Inc.', once: true }]);
    expect(await addresses()).toEqual([
      { mac: PHONE, ip: '10.0.0.5', first_seen: 1, last_seen: 1, is_current: true },
    ]);
    expect(await stays()).toEqual([{ mac: PHONE, online_at: 1, offline_at: null }]);
    const details = {
      ip: '10.0.0.5',
      hostname: 'Anns-Phone',
      manufacturer: 'Apple, Inc.',
      random: false,
    };
    expect(await events()).toEqual([{ type: 'device.discovered', mac: PHONE, data: details }]);
    expect(await query(`select actor, action, details from audit_entries`)).toEqual([
      { actor: 'router', action: 'device.discovered', details: { mac: PHONE, ...details } },
    ]);
  });

  test('is stored by its MAC where nobody knows its address, as on an access point', async () => {
    const { scan, devices, addresses } = await home();
    await scan(1, [seen(PHONE, UNKNOWN_ADDRESS), seen(LAPTOP, UNKNOWN_ADDRESS)]);
    expect(await devices()).toMatchObject([
      { mac: PHONE, holds_ip: false, is_online: true },
      { mac: LAPTOP, holds_ip: false, is_online: true },
    ]);
    expect(await addresses()).toEqual([]);
    await scan(2, [seen(PHONE, '10.0.0.5'), seen(LAPTOP, UNKNOWN_ADDRESS)]);
    expect(await devices()).toMatchObject([
      { mac: PHONE, ip: '10.0.0.5', holds_ip: true, is_online: true },
      { mac: LAPTOP, holds_ip: false, is_online: true },
    ]);
    await scan(3, [seen(PHONE, UNKNOWN_ADDRESS)]);
    expect(await devices()).toMatchObject([
      { mac: PHONE, holds_ip: false, is_online: true },
      { mac: LAPTOP, is_online: false },
    ]);
  });

  test('with a MAC that it made up is marked as such, and is of no maker', async () => {
    const { scan, query } = await home();
    await scan(1, [seen(MADE_UP, '10.0.0.5')]);
    expect(await query(`select details -> 'random' as random from audit_entries`)).toEqual([
      { random: true },
    ]);
    expect(await query(`select manufacturer from user_devices`)).toEqual([{ manufacturer: null }]);
  });

  test('is found by the list entries that named its MAC before', async () => {
    const { scan, query, write, routerId, userId } = await home();
    await write(`insert into user_whitelists (user_id, router_id, device_ip, device_mac)
      values ('${userId}', '${routerId}', '10.0.0.99', '${PHONE}')`);
    expect(await scan(1, [seen(PHONE, '10.0.0.5')])).toMatchObject({ raised_revision: null });
    expect(
      await query(`select mac from user_whitelists join user_devices d on d.id = device_id`),
    ).toEqual([{ mac: PHONE }]);
  });
});

describe('addresses', () => {
  test('move: two devices that swap theirs keep everything else', async () => {
    const { scan, devices, addresses, events } = await home();
    await scan(1, [seen(PHONE, '10.0.0.1'), seen(LAPTOP, '10.0.0.2')]);
    expect(await scan(2, [seen(PHONE, '10.0.0.2'), seen(LAPTOP, '10.0.0.1')])).toMatchObject({
      discovered: 0,
      moved: 2,
    });
    expect(await devices()).toMatchObject([
      { mac: PHONE, ip: '10.0.0.2', holds_ip: true },
      { mac: LAPTOP, ip: '10.0.0.1', holds_ip: true },
    ]);
    expect(await addresses()).toEqual([
      { mac: PHONE, ip: '10.0.0.1', first_seen: 1, last_seen: 1, is_current: false },
      { mac: PHONE, ip: '10.0.0.2', first_seen: 2, last_seen: 2, is_current: true },
      { mac: LAPTOP, ip: '10.0.0.1', first_seen: 2, last_seen: 2, is_current: true },
      { mac: LAPTOP, ip: '10.0.0.2', first_seen: 1, last_seen: 1, is_current: false },
    ]);
    expect((await events()).slice(2)).toEqual(
      expect.arrayContaining([
        { type: 'device.moved', mac: PHONE, data: { ip: '10.0.0.2', before: '10.0.0.1' } },
        { type: 'device.moved', mac: LAPTOP, data: { ip: '10.0.0.1', before: '10.0.0.2' } },
      ]),
    );
  });

  test('are lost by a device that is away when another gets its own', async () => {
    const { scan, devices } = await home();
    await scan(1, [seen(PHONE, '10.0.0.1')]);
    await scan(2, [seen(LAPTOP, '10.0.0.1')]);
    expect(await devices()).toMatchObject([
      { mac: PHONE, ip: '10.0.0.1', holds_ip: false, is_online: false },
      { mac: LAPTOP, ip: '10.0.0.1', holds_ip: true, is_online: true },
    ]);
  });

  test('can be several at once: the row shows the IPv4 one, and a lost one becomes history', async () => {
    const { scan, devices, addresses } = await home();
    const all = ['fe80::1', '2001:db8::1', '10.0.0.1'];
    await scan(
      1,
      all.map((ip) => seen(PHONE, ip)),
    );
    await scan(2, [seen(PHONE, 'fe80::1'), seen(PHONE, '2001:db8::1')]);
    expect(await devices()).toMatchObject([{ ip: '2001:db8::1', holds_ip: true }]);
    expect(await addresses()).toMatchObject([
      { ip: '10.0.0.1', last_seen: 1, is_current: false },
      { ip: '2001:db8::1', first_seen: 1, last_seen: 2, is_current: true },
      { ip: 'fe80::1', first_seen: 1, last_seen: 2, is_current: true },
    ]);
  });

  test('that two devices claim in one scan go to the one named last', async () => {
    const { scan, devices } = await home();
    await scan(1, [seen(PHONE, '10.0.0.1'), seen(LAPTOP, '10.0.0.1')]);
    expect(await devices()).toMatchObject([
      { mac: PHONE, holds_ip: false, is_online: true },
      { mac: LAPTOP, holds_ip: true, is_online: true },
    ]);
    await scan(2, [seen(LAPTOP, '10.0.0.1'), seen(PHONE, '10.0.0.1')]);
    expect(await devices()).toMatchObject([
      { mac: PHONE, holds_ip: true },
      { mac: LAPTOP, holds_ip: false },
    ]);
  });

  test('that an import gives to another device do not stop the scan that needs them', async () => {
    const { scan, write, devices, routerId, userId } = await home();
    await scan(1, [seen(PHONE, '10.0.0.1'), seen(PHONE, 'fd00::1')]);
    await write(`insert into user_devices (user_id, router_id, mac, ip)
      values ('${userId}', '${routerId}', '${LAPTOP}', 'fd00::1')`);
    await scan(2, [seen(PHONE, 'fd00::1')]);
    expect(await devices()).toMatchObject([
      { mac: PHONE, ip: 'fd00::1', holds_ip: true },
      { mac: LAPTOP, ip: 'fd00::1', holds_ip: false },
    ]);
  });

  test('of an imported device become its history when it is first scanned elsewhere', async () => {
    const { scan, write, addresses, routerId, userId } = await home();
    await write(`insert into user_devices (user_id, router_id, mac, ip, first_seen, last_seen)
      values ('${userId}', '${routerId}', '${PHONE}', '10.0.0.9', '2025-01-01T03:00Z', '2025-02-01T04:00Z')`);
    await scan(7, [seen(PHONE, '10.0.0.1')]);
    expect(await addresses()).toEqual([
      { mac: PHONE, ip: '10.0.0.1', first_seen: 7, last_seen: 7, is_current: true },
      { mac: PHONE, ip: '10.0.0.9', first_seen: 3, last_seen: 4, is_current: false },
    ]);
  });
});

describe('coming and going', () => {
  test('is kept as stays, and told', async () => {
    const { scan, stays, events, devices } = await home();
    await scan(1, [seen(PHONE, '10.0.0.1')]);
    expect(await scan(2, [])).toMatchObject({ went_offline: 1 });
    expect(await devices()).toMatchObject([{ is_online: false, holds_ip: true }]);
    expect(await scan(3, [seen(PHONE, '10.0.0.1')])).toMatchObject({ came_online: 1 });
    expect(await stays()).toEqual([
      { mac: PHONE, online_at: 1, offline_at: 2 },
      { mac: PHONE, online_at: 3, offline_at: null },
    ]);
    expect((await events()).slice(1)).toEqual([
      { type: 'device.offline', mac: PHONE, data: { ip: '10.0.0.1' } },
      { type: 'device.online', mac: PHONE, data: { ip: '10.0.0.1' } },
    ]);
  });

  test('is nobody else’s where an event names one device', async () => {
    const { scan, event, devices, addresses } = await home();
    await scan(1, [seen(PHONE, '10.0.0.1'), seen(LAPTOP, '10.0.0.2')]);
    await event(2, [seen(PHONE, '10.0.0.1', { online: false })]);
    expect(await devices()).toMatchObject([
      { mac: PHONE, is_online: false },
      { mac: LAPTOP, is_online: true },
    ]);
    await event(3, [seen(LAPTOP, '10.0.0.3')]);
    expect(await devices()).toMatchObject([{ mac: PHONE }, { mac: LAPTOP, ip: '10.0.0.3' }]);
    expect(await addresses()).toMatchObject([
      { mac: PHONE, last_seen: 1 },
      { ip: '10.0.0.2', is_current: true },
      { ip: '10.0.0.3', is_current: true },
    ]);
  });

  test('off and on within one moment is one stay', async () => {
    const { event, stays } = await home();
    for (const online of [true, false, true]) await event(1, [seen(PHONE, '10.0.0.1', { online })]);
    expect(await stays()).toEqual([{ mac: PHONE, online_at: 1, offline_at: null }]);
  });
});

describe('what a person said', () => {
  test('of name and type stays whatever a scan says', async () => {
    const { scan, write, query } = await home();
    await scan(1, [seen(PHONE, '10.0.0.1', { hostname: 'old' })]);
    await write(`update user_devices set device_name = 'Mine', device_type = 'phone'`);
    await scan(2, [seen(PHONE, '10.0.0.1', { hostname: 'new' })]);
    await scan(3, [seen(PHONE, '10.0.0.1')]);
    expect(await query(`select device_name, device_type, hostname from user_devices`)).toEqual([
      { device_name: 'Mine', device_type: 'phone', hostname: 'new' },
    ]);
  });

  test('of a device known by its address holds for its MAC once that is known, and raises the revision', async () => {
    const { scan, write, query, routerId, userId } = await home();
    const owned = `'${userId}', '${routerId}'`;
    await write(
      `insert into user_devices (user_id, router_id, ip, device_name) values (${owned}, '10.0.0.1', 'TV')`,
    );
    for (const table of ['user_whitelists', 'user_blacklists', 'user_blocked_devices'])
      await write(`insert into ${table} (user_id, router_id, device_id, device_ip)
        select user_id, router_id, id, ip from user_devices`);
    expect(await scan(1, [seen(PHONE, '10.0.0.1')])).toMatchObject({
      discovered: 0,
      raised_revision: 2,
    });
    expect(await query(`select mac, device_name from user_devices`)).toEqual([
      { mac: PHONE, device_name: 'TV' },
    ]);
    for (const table of ['user_whitelists', 'user_blacklists', 'user_blocked_devices'])
      expect(await query(`select device_mac from ${table}`)).toEqual([{ device_mac: PHONE }]);
    expect(await query(`select action from audit_entries`)).toEqual([
      { action: 'device.recognised' },
    ]);
    expect(await scan(2, [seen(PHONE, '10.0.0.1')])).toMatchObject({ raised_revision: null });
  });

  test('of an address stays one of the address where the MAC has an entry of its own', async () => {
    const { scan, write, query, routerId, userId } = await home();
    const owned = `'${userId}', '${routerId}'`;
    await write(`insert into user_devices (user_id, router_id, ip) values (${owned}, '10.0.0.1')`);
    await write(`insert into user_blocked_devices (user_id, router_id, device_id, device_ip)
      select user_id, router_id, id, ip from user_devices`);
    await write(`insert into user_blocked_devices (user_id, router_id, device_ip, device_mac)
      values (${owned}, '10.0.0.2', '${PHONE}')`);
    expect(await scan(1, [seen(PHONE, '10.0.0.1')])).toMatchObject({ raised_revision: null });
    expect(await query(`select device_mac from user_blocked_devices order by 1`)).toEqual([
      { device_mac: PHONE },
      { device_mac: null },
    ]);
  });
});

test('the router knows itself by the MAC that it said hello with', async () => {
  const { scan, query, write } = await home();
  await write(`update user_routers set lan_mac = '${LAPTOP}'`);
  await scan(1, [seen(PHONE, '10.0.0.5'), seen(LAPTOP, '10.0.0.1')]);
  expect(await query(`select is_router from user_devices order by mac`)).toEqual([
    { is_router: false },
    { is_router: true },
  ]);
});

test('a scan is of a router of one’s own, or of none', async () => {
  const { routerId } = await home();
  const userId = await createUser(service);
  const scan = { userId, routerId, neighbours: [seen(PHONE, '10.0.0.1')], complete: true };
  await expect(recordScan(service, scan)).rejects.toThrow(NotFoundError);
  expect(await rowsOf(service, userId, 'select from user_devices')).toEqual([]);
});

test('scans of one router at once follow one another', async () => {
  const { userId, routerId, addresses } = await home();
  const macs = [PHONE, LAPTOP, MADE_UP];
  await Promise.all(
    Array.from({ length: 30 }, (_, turn) =>
      recordScan(service, {
        userId,
        routerId,
        complete: turn % 2 === 0,
        neighbours: macs.map((mac, index) => seen(mac, `10.0.0.${(index + turn) % 4}`)),
      }),
    ),
  );
  const current = (await addresses()).filter((row) => 'is_current' in row && row.is_current);
  expect(current.length).toBeGreaterThanOrEqual(macs.length);
});
