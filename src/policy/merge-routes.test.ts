import { describe, expect, test } from 'vitest';
import { type Person, createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { findDesiredStates } from '../fleet/desired-state.ts';
import { NO_FEATURES } from '../routers/features.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { LAPTOP, MADE_UP, PHONE, createHome, seen } from '../../testing/network.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);

type Listed = { id: string; mac: string; macs: string[] };

/** Somebody whose router has seen these MACs, at 10.0.0.1, 10.0.0.2 and so on; `ids` by MAC. */
async function home(...macs: string[]) {
  const place = await createHome(database.service);
  const ann = await signIn(place.userId);
  await place.scan(
    1,
    macs.map((mac, index) => seen(mac, `10.0.0.${index + 1}`, { hostname: `host-${index + 1}` })),
  );
  const base = `/api/v1/routers/${place.routerId}`;
  const list = async (query = ''): Promise<Listed[]> =>
    (await ann.request('GET', `${base}/devices${query}`)).json().items;
  const ids = Object.fromEntries((await list()).map(({ id, mac }) => [mac, id]));
  const idOf = (mac: string) => ids[mac] ?? '';
  const say = (verb: 'merge' | 'unmerge') => (whole: string, part: string) =>
    ann.request('POST', `${base}/devices/${idOf(whole)}/${verb}`, { device_id: idOf(part) });
  return {
    ...place,
    ann,
    base,
    list,
    idOf,
    merge: say('merge'),
    unmerge: say('unmerge'),
    detail: async (mac: string) =>
      (await ann.request('GET', `${base}/devices/${idOf(mac)}`)).json(),
    block: (named: object) => ann.request('POST', `${base}/blocks`, named),
    rows: () =>
      place.query(`select to_jsonb(d) - 'updated_at' as row from user_devices d order by mac`),
  };
}

const status = async (answer: ReturnType<Person['request']>) => (await answer).statusCode;

describe('two entries that are one device', () => {
  test('are listed as one, with the MACs of both, under the name of the first', async () => {
    const { ann, base, merge, list, idOf, detail } = await home(PHONE, LAPTOP);
    await ann.request('PATCH', `${base}/devices/${idOf(PHONE)}`, { device_name: 'Mine' });
    const answer = await merge(PHONE, LAPTOP);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      id: idOf(PHONE),
      device_name: 'Mine',
      macs: [PHONE, LAPTOP],
      merged: [{ id: idOf(LAPTOP), mac: LAPTOP, hostname: 'host-2' }],
      addresses: [
        { ip: '10.0.0.1', mac: PHONE, is_current: true },
        { ip: '10.0.0.2', mac: LAPTOP, is_current: true },
      ],
      presence: [{ mac: PHONE }, { mac: LAPTOP }],
      delivery: { policy_revision: 1 },
    });
    expect(await list()).toMatchObject([{ id: idOf(PHONE), macs: [PHONE, LAPTOP] }]);
    const { delivery: _, ...device } = answer.json();
    expect(await detail(LAPTOP)).toEqual(device);
  });

  test('are found by what either was called', async () => {
    const { merge, list, idOf } = await home(PHONE, LAPTOP, MADE_UP);
    await merge(PHONE, LAPTOP);
    for (const text of ['host-2', LAPTOP, 'host-1'])
      expect(await list(`?text=${text}`)).toMatchObject([{ id: idOf(PHONE) }]);
  });

  test('are where either is, and online while either is', async () => {
    const { merge, scan, list, detail } = await home(PHONE, LAPTOP);
    await merge(PHONE, LAPTOP);
    expect(await scan(2, [seen(LAPTOP, '10.0.0.7')])).toMatchObject({ went_offline: 0, moved: 1 });
    expect(await list()).toMatchObject([{ ip: '10.0.0.7', holds_ip: true, is_online: true }]);
    expect(await scan(3, [])).toMatchObject({ went_offline: 1 });
    expect(await scan(4, [seen(PHONE, '10.0.0.1')])).toMatchObject({ came_online: 1 });
    const { presence, last_seen } = await detail(PHONE);
    expect(last_seen).toBe('2026-01-01T04:00:00.000000Z');
    expect(presence).toMatchObject([
      { mac: PHONE, offline_at: null },
      { mac: PHONE, offline_at: '2026-01-01T02:00:00.000000Z' },
      { mac: LAPTOP, offline_at: '2026-01-01T03:00:00.000000Z' },
    ]);
  });

  test('are blocked and listed as one, whichever of them it was said of', async () => {
    const { merge, block, list, idOf, ann, base } = await home(PHONE, LAPTOP);
    const { id } = (await block({ device_id: idOf(LAPTOP) })).json();
    await ann.request('POST', `${base}/whitelist`, { device_id: idOf(LAPTOP) });
    expect((await merge(PHONE, LAPTOP)).json()).toMatchObject({
      is_blocked: true,
      is_whitelisted: true,
      delivery: { policy_revision: 4 },
    });
    for (const state of ['blocked', 'whitelisted'])
      expect(await list(`?state=${state}`)).toHaveLength(1);
    for (const named of [
      { device_id: idOf(PHONE) },
      { device_id: idOf(LAPTOP) },
      { device_mac: PHONE },
      { device_ip: '10.0.0.2' },
    ]) {
      const again = await block(named);
      expect([again.statusCode, again.json().detail]).toEqual([409, expect.stringContaining(id)]);
    }
    const again = ann.request('POST', `${base}/whitelist`, { device_id: idOf(PHONE) });
    expect(await status(again)).toBe(409);
  });

  test('are told to the router by all of their MACs, and apart again by their own', async () => {
    const { merge, unmerge, block, idOf, userId, routerId } = await home(PHONE, LAPTOP, MADE_UP);
    const blocked = () =>
      tenantTransaction(database.service, userId, async (transaction) => {
        const key = { user_id: userId, router_id: routerId };
        const [desired] = await findDesiredStates(transaction, [
          { ...key, fingerprint: undefined, features: NO_FEATURES },
        ]);
        return desired?.plan?.document.blocked;
      });
    await block({ device_id: idOf(LAPTOP) });
    await merge(LAPTOP, MADE_UP);
    await merge(PHONE, LAPTOP);
    expect(await blocked()).toEqual([PHONE, LAPTOP, MADE_UP]);
    await unmerge(PHONE, LAPTOP);
    expect(await blocked()).toEqual([LAPTOP, MADE_UP]);
  });

  test('are both free once one of their blocks is ended', async () => {
    const { merge, block, list, idOf, ann, base } = await home(PHONE, LAPTOP);
    const { id } = (await block({ device_id: idOf(PHONE) })).json();
    await block({ device_id: idOf(LAPTOP) });
    await merge(PHONE, LAPTOP);
    await ann.request('POST', `${base}/blocks/${id}/unblock`);
    expect(await list('?state=blocked')).toEqual([]);
    expect((await ann.request('GET', `${base}/blocks`)).json().items).toEqual([]);
  });

  test.each(['10.0.0.1', '10.0.0.2', 'fd00::2'])(
    'are cut off only after a confirmation from who uses them at %s',
    async (remoteAddress) => {
      const { merge, scan, ann, base, idOf } = await home(PHONE, LAPTOP);
      await scan(2, [seen(PHONE, '10.0.0.1'), seen(LAPTOP, '10.0.0.2'), seen(LAPTOP, 'fd00::2')]);
      await merge(PHONE, LAPTOP);
      const block = (payload: object) =>
        app.inject({
          method: 'POST',
          url: `${base}/blocks`,
          headers: { cookie: ann.cookie },
          remoteAddress,
          payload,
        });
      expect((await block({ device_id: idOf(PHONE) })).json().detail).toContain('"confirm": true');
      expect((await block({ device_ip: 'fd00::2' })).statusCode).toBe(409);
      expect((await block({ device_id: idOf(PHONE), confirm: true })).statusCode).toBe(201);
    },
  );

  test('are merged once, by any of their ids, and the audit says so', async () => {
    const { merge, ann } = await home(PHONE, LAPTOP);
    await merge(PHONE, LAPTOP);
    expect((await merge(PHONE, LAPTOP)).json()).toMatchObject({ macs: [PHONE, LAPTOP] });
    expect((await merge(LAPTOP, PHONE)).json()).toMatchObject({ macs: [PHONE, LAPTOP] });
    const { items } = (await ann.request('GET', '/api/v1/audit?action=device.merged')).json();
    expect(items).toMatchObject([{ details: { device: { mac: PHONE }, merged: { mac: LAPTOP } } }]);
  });

  test('are forgotten only once they are apart', async () => {
    const { merge, unmerge, ann, base, idOf, scan } = await home(PHONE, LAPTOP);
    await merge(PHONE, LAPTOP);
    await scan(2, []);
    const forget = () => status(ann.request('DELETE', `${base}/devices/${idOf(PHONE)}`));
    expect(await forget()).toBe(409);
    await unmerge(PHONE, LAPTOP);
    expect(await forget()).toBe(204);
  });
});

describe('taken back', () => {
  test('everything is as it was before', async () => {
    const { merge, unmerge, rows, query, block, idOf, list } = await home(PHONE, LAPTOP, MADE_UP);
    await block({ device_id: idOf(LAPTOP) });
    const everything = async () => [
      await rows(),
      await query('select * from device_addresses order by device_id, ip'),
      await query('select * from device_presence order by device_id, online_at'),
      await query('select * from user_blocked_devices'),
    ];
    const before = await everything();
    const listed = await list('?sort=ip');
    await merge(PHONE, LAPTOP);
    expect((await unmerge(PHONE, LAPTOP)).json()).toMatchObject({
      macs: [PHONE],
      is_blocked: false,
      delivery: { policy_revision: 4 },
    });
    expect(await everything()).toEqual(before);
    expect(await list('?sort=ip')).toEqual(listed);
  });

  test('merged devices that were merged again are what they were', async () => {
    const { merge, unmerge, rows, list } = await home(PHONE, LAPTOP, MADE_UP);
    await merge(LAPTOP, MADE_UP);
    const before = await rows();
    await merge(PHONE, MADE_UP);
    expect(await list()).toMatchObject([
      { macs: expect.arrayContaining([PHONE, LAPTOP, MADE_UP]) },
    ]);
    await unmerge(PHONE, LAPTOP);
    expect(await rows()).toEqual(before);
  });

  test('devices that were only imported have their places back', async () => {
    const { merge, unmerge, rows, query, scan, userId, routerId } = await home(PHONE, LAPTOP);
    await query(`delete from device_addresses`);
    await query(`update user_devices set is_online = false`);
    await query(`delete from device_presence`);
    await query(`insert into user_devices (user_id, router_id, mac, ip, holds_ip)
      values ('${userId}', '${routerId}', '${MADE_UP}', '10.0.0.1', false)`);
    const before = await rows();
    await merge(PHONE, LAPTOP);
    await unmerge(PHONE, LAPTOP);
    expect(await rows()).toEqual(before);
    expect(await scan(9, [])).toMatchObject({ went_offline: 0 });
  });

  test('what is not merged is a conflict', async () => {
    const { unmerge } = await home(PHONE, LAPTOP);
    expect((await unmerge(PHONE, LAPTOP)).statusCode).toBe(409);
    expect((await unmerge(PHONE, PHONE)).statusCode).toBe(409);
  });
});

test('the router itself is no other device, and nothing is itself twice', async () => {
  const { merge, query } = await home(PHONE, LAPTOP);
  expect((await merge(PHONE, PHONE)).statusCode).toBe(400);
  expect((await merge(PHONE, MADE_UP)).statusCode).toBe(400);
  await query(`update user_devices set is_router = true where mac = '${PHONE}'`);
  expect((await merge(PHONE, LAPTOP)).statusCode).toBe(409);
  expect((await merge(LAPTOP, PHONE)).statusCode).toBe(409);
});
