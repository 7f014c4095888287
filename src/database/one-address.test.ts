/** Addresses that were stored as IPv4-mapped ones, before each had one spelling. */
import { expect, test } from 'vitest';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { rowsOf } from '../../testing/data-folder.ts';
import { migrateDown, migrateUp } from './migrate.ts';
import { withClient } from './roles.ts';
import { migrationNames } from './schema-version.ts';

const { addresses, service } = await createTestDatabase();

const PHONE = '02:00:00:00:00:01';
const CAMERA = '02:00:00:00:00:02';

test('become the IPv4 addresses that they are, one for each, and the router is sent the change', async () => {
  const names = migrationNames();
  await migrateDown(addresses.admin, names.length - names.indexOf('0016_one_address'));
  const user = await createUser(service);
  const router = await createRouter(service, user);
  const query = (text: string) =>
    withClient(addresses.admin, (client) =>
      client.query(text.replaceAll(':owned', `'${user}', '${router}'`)),
    );
  await query(
    `update user_routers set router_ip = '::ffff:192.168.1.1', cloud_vm_ip = '::ffff:192.0.2.9'`,
  );
  await query(`insert into user_devices (user_id, router_id, mac, ip, holds_ip) values
    (:owned, '${PHONE}', '::ffff:192.168.1.5', true), (:owned, '${CAMERA}', '192.168.1.5', true)`);
  await query(`insert into device_addresses (user_id, router_id, device_id, ip, first_seen, last_seen, is_current)
    select user_id, router_id, id, ip, now(), now(), true from user_devices
    union all select user_id, router_id, id, '192.168.1.5', '2026-01-01', '2026-01-02', false
    from user_devices where mac = '${PHONE}'`);
  for (const table of ['user_whitelists', 'user_blacklists', 'user_blocked_devices'])
    await query(`insert into ${table} (user_id, router_id, device_ip) values
      (:owned, '::ffff:192.168.1.77'), (:owned, '192.168.1.77'), (:owned, '::ffff:192.168.1.78')`);
  await migrateUp(addresses.admin);

  const rows = (text: string) => rowsOf(service, user, text);
  expect(
    await rows(`select host(router_ip) as a, host(cloud_vm_ip) as b from user_routers`),
  ).toEqual([{ a: '192.168.1.1', b: '192.0.2.9' }]);
  expect(await rows(`select mac, host(ip) as ip, holds_ip from user_devices order by mac`)).toEqual(
    [
      { mac: PHONE, ip: '192.168.1.5', holds_ip: false },
      { mac: CAMERA, ip: '192.168.1.5', holds_ip: true },
    ],
  );
  expect(
    await rows(`select mac, host(a.ip) as ip, is_current, a.first_seen < '2026-02-01' as is_old
      from device_addresses a join user_devices d on d.id = device_id order by mac`),
  ).toEqual([
    { mac: PHONE, ip: '192.168.1.5', is_current: false, is_old: true },
    { mac: CAMERA, ip: '192.168.1.5', is_current: true, is_old: false },
  ]);
  expect(
    await rows(
      `select kind, host(device_ip) as ip from policy_targets where is_active order by 1, 2`,
    ),
  ).toEqual(
    ['blacklist', 'block', 'whitelist'].flatMap((kind) => [
      { kind, ip: '192.168.1.77' },
      { kind, ip: '192.168.1.78' },
    ]),
  );
  expect(await rows(`select policy_revision from router_policies`)).toEqual([
    { policy_revision: 2 },
  ]);
});

test('are refused by every table from then on', async () => {
  const user = await createUser(service);
  const router = await createRouter(service, user);
  for (const [table, column] of [
    ['user_devices', 'ip'],
    ['user_whitelists', 'device_ip'],
    ['user_blacklists', 'device_ip'],
    ['user_blocked_devices', 'device_ip'],
  ])
    await expect(
      rowsOf(
        service,
        user,
        `insert into ${table} (user_id, router_id, ${column}) values ('${user}', '${router}', '::ffff:192.0.2.1')`,
      ),
    ).rejects.toThrow('canonical');
});
