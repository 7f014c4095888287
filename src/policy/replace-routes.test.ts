import { expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { rowsOf } from '../../testing/data-folder.ts';
import { LAPTOP, MADE_UP, PHONE, seen } from '../../testing/network.ts';
import { recordScan } from '../devices/scan.ts';
import type { Neighbour } from '../devices/neighbour.ts';
import { findDesiredStates } from '../fleet/desired-state.ts';
import { NO_FEATURES } from '../routers/features.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

/** Somebody whose old router knows three devices, and whose new one has just been linked and has seen two. */
async function home() {
  const ann = await signIn();
  const [old, fresh] = [
    await createRouter(database.service, ann.userId),
    await createRouter(database.service, ann.userId),
  ];
  const scan = (routerId: string, neighbours: Neighbour[]) =>
    recordScan(database.service, { userId: ann.userId, routerId, neighbours, complete: true });
  await scan(old, [
    seen(PHONE, '192.168.1.5', { hostname: 'phone' }),
    seen(LAPTOP, '192.168.1.6'),
    seen(MADE_UP, '192.168.1.7'),
  ]);
  await scan(fresh, [seen(PHONE, '192.168.1.7'), seen('02:00:00:00:00:44', '192.168.1.5')]);
  const query = (text: string) => rowsOf(database.service, ann.userId, text);
  const id = async (router: string, mac: string) => {
    const { items } = (await ann.request('GET', `/api/v1/routers/${router}/devices`)).json();
    return items.find((device: { mac: string }) => device.mac === mac).id;
  };
  return {
    ann,
    old,
    fresh,
    query,
    id,
    scan,
    post: (path: string, body: object) => ann.request('POST', `/api/v1/routers/${path}`, body),
    replace: (router: string, replaces: string) =>
      ann.request('POST', `/api/v1/routers/${router}/replace`, { replaces }),
  };
}

test('a router takes over names, lists, blocks, rules and devices of the one that it replaces', async () => {
  const { ann, old, fresh, query, id, post, replace } = await home();
  await ann.request('PATCH', `/api/v1/routers/${old}`, { router_name: 'Home' });
  const phone = await id(old, PHONE);
  await ann.request('PATCH', `/api/v1/routers/${old}/devices/${phone}`, { device_name: 'Ben' });
  await post(`${old}/blocks`, { device_id: phone });
  await post(`${old}/blocks`, { device_mac: '02:00:00:00:00:99' });
  await post(`${old}/whitelist`, { device_mac: LAPTOP });
  await post(`${fresh}/whitelist`, { device_mac: LAPTOP, description: 'the new one’s' });
  const { json } = await ann.request('GET', `/api/v1/routers/${old}/policy`);
  await ann.request('PATCH', `/api/v1/routers/${old}/policy`, { mode: 'whitelist' });
  expect(json()).toMatchObject({ mode: 'none' });

  const answer = await replace(fresh, old);
  expect(answer.json()).toMatchObject({
    router_id: fresh,
    replaced: old,
    delivery: { state: 'pending' },
  });
  expect((await ann.request('GET', '/api/v1/routers')).json().items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ router_id: fresh, router_name: 'Home', is_active: true }),
      expect.objectContaining({ router_id: old, is_active: false }),
    ]),
  );
  const { items } = (await ann.request('GET', `/api/v1/routers/${fresh}/devices?sort=name`)).json();
  expect(items).toHaveLength(4);
  expect(items).toContainEqual(
    expect.objectContaining({ id: phone, mac: PHONE, device_name: 'Ben', is_blocked: true }),
  );
  expect((await ann.request('GET', `/api/v1/routers/${old}/devices`)).json().items).toEqual([]);
  expect(
    await query(
      `select kind, device_mac, router_id = '${fresh}' as is_new from policy_targets order by 1, 2, 3`,
    ),
  ).toEqual([
    { kind: 'block', device_mac: PHONE, is_new: true },
    { kind: 'block', device_mac: '02:00:00:00:00:99', is_new: true },
    { kind: 'whitelist', device_mac: LAPTOP, is_new: false },
    { kind: 'whitelist', device_mac: LAPTOP, is_new: true },
  ]);
  // What the new router is sent when it next connects.
  const key = { user_id: ann.userId, router_id: fresh };
  const [wanted] = await findDesiredStates(database.service, [
    { ...key, fingerprint: undefined, features: NO_FEATURES },
  ]);
  expect(wanted?.plan?.document).toMatchObject({
    mode: 'whitelist',
    blocked: [PHONE, '02:00:00:00:00:99'].toSorted(),
    listed: [LAPTOP],
  });
  const audit = (await ann.request('GET', `/api/v1/audit?action=router`)).json().items;
  expect(audit).toContainEqual(
    expect.objectContaining({
      action: 'router.replaced',
      router_id: fresh,
      details: { replaced: old, devices: 3, listed: 0, blocks: 2 },
    }),
  );
  expect(audit).toContainEqual(
    expect.objectContaining({ action: 'router.unlinked', router_id: old }),
  );
});

test('its home, the rules of its networks and devices, and whose they are go with it', async () => {
  const { ann, old, fresh, query, id, replace } = await home();
  const [phone, same, laptop] = [
    await id(old, PHONE),
    await id(fresh, PHONE),
    await id(old, LAPTOP),
  ];
  const user = `'${ann.userId}'::uuid`;
  await query(`insert into homes (user_id, name) values (${user}, 'Other')`);
  const other = `(select id from homes where name = 'Other')`;
  await query(`update user_routers set home_id = ${other} where router_id = '${old}'`);
  await query(`insert into people (user_id, home_id, name) values (${user}, ${other}, 'Tim')`);
  await query(`update user_devices set person_id = (select id from people) where id = '${laptop}'`);
  await query(`
    insert into access_rules (user_id, home_id, kind, name, target, device_id, network, router_id, access) values
      (${user}, ${other}, 'new_device', 'guests', 'network', null, 'guest', '${old}', 'block'),
      (${user}, ${other}, 'schedule', 'iot', 'network', null, 'iot', '${old}', 'block'),
      (${user}, ${other}, 'pause', 'laptop', 'device', '${laptop}', null, null, 'block'),
      (${user}, (select home_id from user_routers where router_id = '${fresh}'), 'pause', 'phone', 'device', '${same}', null, null, 'block')`);
  expect((await replace(fresh, old)).statusCode).toBe(200);
  expect(
    await query(`
      select a.name, h.name as home, a.router_id = '${fresh}' as is_new, a.device_id
      from access_rules a join homes h on h.id = a.home_id order by 1`),
  ).toEqual([
    { name: 'guests', home: 'Other', is_new: true, device_id: null },
    { name: 'iot', home: 'Other', is_new: true, device_id: null },
    { name: 'laptop', home: 'Other', is_new: null, device_id: laptop },
    { name: 'phone', home: 'Other', is_new: null, device_id: phone },
  ]);
  expect(
    await query(
      `select h.name, p.name as person from user_routers r join homes h on h.id = r.home_id, user_devices d join people p on p.id = d.person_id
       where r.router_id = '${fresh}' and d.id = '${laptop}'`,
    ),
  ).toEqual([{ name: 'Other', person: 'Tim' }]);
});

test('the next scan of the new router says where each device is', async () => {
  const { old, fresh, scan, replace, query } = await home();
  await replace(fresh, old);
  await scan(fresh, [
    seen(PHONE, '192.168.1.7'),
    seen(LAPTOP, '192.168.1.6'),
    seen('02:00:00:00:00:44', '192.168.1.5'),
  ]);
  expect(
    await query(
      `select mac, host(ip) as ip, holds_ip, is_online from devices_now where router_id = '${fresh}' order by mac`,
    ),
  ).toEqual([
    { mac: PHONE, ip: '192.168.1.7', holds_ip: true, is_online: true },
    { mac: LAPTOP, ip: '192.168.1.6', holds_ip: true, is_online: true },
    { mac: MADE_UP, ip: '192.168.1.7', holds_ip: false, is_online: false },
    { mac: '02:00:00:00:00:44', ip: '192.168.1.5', holds_ip: true, is_online: true },
  ]);
});

test('a router does not replace itself, nor one that does not exist, nor while it is unlinked', async () => {
  const { ann, old, fresh, replace, query } = await home();
  expect((await replace(fresh, fresh)).statusCode).toBe(400);
  expect((await replace(fresh, 'nobody')).statusCode).toBe(404);
  await ann.request('POST', `/api/v1/routers/${fresh}/unlink`);
  expect((await replace(fresh, old)).statusCode).toBe(409);
  expect(await query(`select count(*)::int from user_devices where router_id = '${old}'`)).toEqual([
    { count: 3 },
  ]);
});
