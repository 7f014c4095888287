/* oxlint-disable unicorn/no-thenable -- the API says `then`, and nobody awaits it */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { BEDTIME, createFamily } from '../../testing/family.ts';

const database = await createTestDatabase();
const tested = await createTestApp(database);
const family = () => createFamily(database, tested);

/** A Wednesday, at 20:00 in Berlin: summer time ends on the next Sunday. */
const WEDNESDAY = '2027-10-27T18:00:00Z';

describe('the preview of a rule', () => {
  test('says whose devices change, what they get then, and the week after', async () => {
    const { ann, base, tim, phone, routers, list, revisions } = await family();
    const answer = await ann.request('POST', `${base}/preview`, {
      rule: { ...BEDTIME, person_id: tim },
      at: WEDNESDAY,
    });
    expect(answer.statusCode).toBe(200);
    const { devices, own_device } = answer.json();
    expect(own_device).toBe(false);
    expect(devices).toMatchObject([
      {
        device_id: phone,
        router_id: routers[0],
        name: '10.0.0.1',
        now: { access: 'allow', until: null },
        then: { access: 'allow', until: '2027-10-27T19:00:00.000000Z' },
      },
    ]);
    const times = devices[0].changes.map(({ at, access }: { at: string; access: string }) => [
      at.slice(0, 16),
      access,
    ]);
    // Not on Friday and Saturday; an hour later in UTC from Sunday on.
    expect(times).toEqual([
      ['2027-10-27T19:00', 'block'],
      ['2027-10-28T05:00', 'allow'],
      ['2027-10-28T19:00', 'block'],
      ['2027-10-29T05:00', 'allow'],
      ['2027-10-31T20:00', 'block'],
      ['2027-11-01T06:00', 'allow'],
      ['2027-11-01T20:00', 'block'],
      ['2027-11-02T06:00', 'allow'],
      ['2027-11-02T20:00', 'block'],
      ['2027-11-03T06:00', 'allow'],
    ]);
    expect(await list()).toEqual([]);
    expect(await revisions()).toEqual([1, 1]);
  });

  test('of a change, and of an end, says what is lost and gained', async () => {
    const { ann, base, add, tim, phone } = await family();
    const { id } = (await add({ kind: 'pause', person_id: tim })).json();
    const preview = async (body: object) =>
      (await ann.request('POST', `${base}/preview`, body)).json().devices;
    expect(await preview({ id, change: { name: 'Dinner' } })).toEqual([]);
    expect(await preview({ id })).toMatchObject([
      { device_id: phone, now: { access: 'block' }, then: { access: 'allow' }, changes: [] },
    ]);
    const change = { until_at: new Date(Date.now() + 3_600_000).toISOString() };
    expect(await preview({ id, change })).toMatchObject([
      {
        now: { access: 'block', until: null },
        then: { access: 'block' },
        changes: [{ access: 'allow' }],
      },
    ]);
  });

  test('says that it would cut off the device in use, which is then asked for', async () => {
    const { byPhone, base } = await family();
    const rule = { kind: 'pause', target: 'everyone' };
    const preview = await byPhone('POST', `${base}/preview`, { rule });
    expect(preview.json()).toMatchObject({ own_device: true });
    expect((await byPhone('POST', base, rule)).statusCode).toBe(409);
    expect(
      (await byPhone('POST', `${base}/preview`, { rule: { ...rule, is_active: false } })).json(),
    ).toEqual({
      devices: [],
      own_device: false,
    });
  });

  test('says nothing of a block that holds anyway, nor of the router', async () => {
    const { ann, base, inTenant, phone, routers } = await family();
    await ann.request('POST', `/api/v1/routers/${routers[0]}/blocks`, { device_id: phone });
    await inTenant((transaction) =>
      sql`
        insert into user_devices (user_id, router_id, ip, is_router)
        values (${ann.userId}, ${routers[0]}, '10.0.0.254', true)`.execute(transaction),
    );
    const rule = { kind: 'pause', target: 'everyone' };
    expect((await ann.request('POST', `${base}/preview`, { rule })).json().devices).toEqual([]);
  });

  test.each([
    [{}, 400],
    [{ rule: { kind: 'pause' } }, 400],
    [{ rule: { kind: 'pause', target: 'everyone' }, id: crypto.randomUUID() }, 400],
    [{ id: crypto.randomUUID() }, 404],
  ])('refuses %j with %i', async (body, status) => {
    const { ann, base } = await refusing;
    expect((await ann.request('POST', `${base}/preview`, body)).statusCode).toBe(status);
  });
  const refusing = family();
});
