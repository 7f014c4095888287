import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { BEDTIME, createFamily } from '../../testing/family.ts';

const database = await createTestDatabase();
const tested = await createTestApp(database);
const family = () => createFamily(database, tested);

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe('the device in use is kept safe', () => {
  test.each([
    ['a pause', { kind: 'pause', target: 'everyone' }],
    ['a pause that begins later', { kind: 'pause', target: 'everyone', from_at: inDays(50) }],
    [
      'a schedule that is open once a week',
      { ...BEDTIME, target: 'everyone', windows: [{ days: [1], from: '03:00', to: '03:01' }] },
    ],
    [
      'a limit to nothing',
      {
        kind: 'exception',
        target: 'everyone',
        access: 'limit',
        down_rate: 0,
        up_rate: 0,
        minutes: 5,
      },
    ],
    ['the rule for new devices', { kind: 'new_device', target: 'everyone', access: 'block' }],
  ])('%s needs a confirmation', async (_what, body) => {
    const { base, byPhone, list, revisions } = await family();
    const refused = await byPhone('POST', base, body);
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({
      type: '/problems/conflict',
      errors: [{ field: 'confirm' }],
    });
    expect(refused.json().detail).toContain('"confirm": true');
    expect(await list()).toEqual([]);
    expect(await revisions()).toEqual([1, 1]);
    expect((await byPhone('POST', base, { ...body, confirm: true })).statusCode).toBe(201);
  });

  test('what does not cut it off needs none, nor what another device asks for', async () => {
    const { base, byPhone, add } = await family();
    const harmless = [
      { kind: 'pause', target: 'everyone', is_active: false },
      { kind: 'pause', network: 'guest' },
      { kind: 'schedule', target: 'everyone', access: 'limit', down_rate: 1 },
      { kind: 'exception', target: 'everyone', access: 'allow', minutes: 5 },
    ];
    for (const body of harmless) expect((await byPhone('POST', base, body)).statusCode).toBe(201);
    expect((await add({ kind: 'pause', target: 'everyone' })).statusCode).toBe(201);
    // Blocked it is by now: one more pause of the same time changes nothing.
    expect((await byPhone('POST', base, { kind: 'pause', target: 'everyone' })).statusCode).toBe(
      201,
    );
  });

  test('a change, or the end of what lets it through, needs a confirmation as well', async () => {
    const { base, byPhone, add, tim, change } = await family();
    const guests = (await add({ kind: 'pause', network: 'guest' })).json();
    const moved = { person_id: tim };
    expect((await byPhone('PATCH', `${base}/${guests.id}`, moved)).statusCode).toBe(409);
    expect((await byPhone('PATCH', `${base}/${guests.id}`, { name: 'Guests' })).statusCode).toBe(
      200,
    );
    await add({ ...BEDTIME, target: 'everyone', windows: null });
    const open = (
      await add({ kind: 'exception', person_id: tim, access: 'allow', minutes: 30 })
    ).json();
    const end = await byPhone('DELETE', `${base}/${open.id}`);
    expect(end.statusCode).toBe(409);
    expect((await byPhone('DELETE', `${base}/${open.id}?confirm=true`)).statusCode).toBe(200);
    expect((await change(guests.id, moved)).statusCode).toBe(200);
  });
});

describe('the device in use is kept safe from what is older than rules', () => {
  const closed = { mode: 'whitelist', whitelist_limit_rate: 0 };

  test('a mode that blocks all that are not on the whitelist, and an entry less', async () => {
    const { byPhone, ann, routers, phone } = await family();
    const base = `/api/v1/routers/${routers[0]}`;
    const refused = await byPhone('PATCH', `${base}/policy`, closed);
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({ errors: [{ field: 'confirm' }] });
    expect((await ann.request('GET', `${base}/policy`)).json()).toMatchObject({ mode: 'none' });
    const listed = await byPhone('POST', `${base}/whitelist`, { device_id: phone });
    expect((await byPhone('PATCH', `${base}/policy`, closed)).statusCode).toBe(200);
    const entry = `${base}/whitelist/${listed.json().id}`;
    expect((await byPhone('DELETE', entry)).statusCode).toBe(409);
    expect((await byPhone('DELETE', `${entry}?confirm=true`)).statusCode).toBe(200);
  });

  test('an entry of the blacklist, made or made active, and a block', async () => {
    const { byPhone, routers, phone, ann } = await family();
    const base = `/api/v1/routers/${routers[0]}`;
    await ann.request('PATCH', `${base}/policy`, { mode: 'blacklist', blacklist_limit_rate: 0 });
    const entry = { device_id: phone };
    expect((await byPhone('POST', `${base}/blacklist`, entry)).statusCode).toBe(409);
    const inactive = await byPhone('POST', `${base}/blacklist`, { ...entry, is_active: false });
    const path = `${base}/blacklist/${inactive.json().id}`;
    expect((await byPhone('PATCH', path, { is_active: true })).statusCode).toBe(409);
    expect((await byPhone('POST', `${base}/blocks`, entry)).statusCode).toBe(409);
    const active = { is_active: true, confirm: true };
    expect((await byPhone('PATCH', path, active)).statusCode).toBe(200);
    // It is blocked already: the block takes nothing from it.
    expect((await byPhone('POST', `${base}/blocks`, entry)).statusCode).toBe(201);
  });

  test('being merged into a device that is blocked', async () => {
    const { byPhone, routers, phone, inTenant, ann } = await family();
    const [router = ''] = routers;
    const { id } = await inTenant((transaction) =>
      transaction
        .insertInto('user_devices')
        .values({
          user_id: ann.userId,
          router_id: router,
          ip: '10.0.0.2',
          mac: '02:00:00:00:00:02',
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    const base = `/api/v1/routers/${router}`;
    await ann.request('POST', `${base}/blocks`, { device_id: id });
    const merge = { device_id: phone };
    expect((await byPhone('POST', `${base}/devices/${id}/merge`, merge)).statusCode).toBe(409);
    const confirmed = { ...merge, confirm: true };
    expect((await byPhone('POST', `${base}/devices/${id}/merge`, confirmed)).statusCode).toBe(200);
  });

  test('it is found by its address, and nothing is found from elsewhere', async () => {
    const { ann, byPhone, phone, routers } = await family();
    const found = await byPhone('GET', '/api/v1/devices/own');
    expect(found.json()).toEqual({ items: [{ router_id: routers[0], device_id: phone }] });
    expect((await ann.request('GET', '/api/v1/devices/own')).json()).toEqual({ items: [] });
  });
});
