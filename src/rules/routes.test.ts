import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { BEDTIME, createFamily } from '../../testing/family.ts';

const database = await createTestDatabase();
const tested = await createTestApp(database);
const family = (home?: { timezone?: string | null }) => createFamily(database, tested, home);

describe('a pause of a person', () => {
  test('is stored, audited, and raises the revisions of all routers of the home', async () => {
    const { ann, add, tim, home_id, list, routers, revisions, audits } = await family();
    const before = Date.now();
    const answer = await add({ kind: 'pause', person_id: tim, minutes: 30 });
    expect(answer.statusCode).toBe(201);
    const { deliveries, ...rule } = answer.json();
    expect(rule).toMatchObject({
      home_id,
      kind: 'pause',
      target: 'person',
      person_id: tim,
      access: 'block',
      windows: null,
      is_active: true,
    });
    expect(Date.parse(rule.until_at) - Date.parse(rule.from_at)).toBe(30 * 60_000);
    expect(Math.abs(Date.parse(rule.from_at) - before)).toBeLessThan(60_000);
    expect(deliveries).toMatchObject(
      routers
        .toSorted()
        .map((router_id) => ({ router_id, delivery: { state: 'pending', policy_revision: 2 } })),
    );
    expect(await list()).toEqual([rule]);
    expect(await revisions()).toEqual([2, 2]);
    expect(await audits()).toMatchObject([
      { action: 'rule.created', subject_id: rule.id, details: { kind: 'pause', person_id: tim } },
    ]);
    const found = await ann.request('GET', String(answer.headers.location));
    expect(found.json()).toEqual({ ...rule, deliveries });
  });

  test('ends when it is deleted', async () => {
    const { ann, base, add, tim, list, revisions, audits } = await family();
    const { id } = (await add({ kind: 'pause', person_id: tim })).json();
    const ended = await ann.request('DELETE', `${base}/${id}`);
    expect(ended.json().deliveries).toMatchObject([
      { delivery: { policy_revision: 3 } },
      { delivery: { policy_revision: 3 } },
    ]);
    expect(await list()).toEqual([]);
    expect(await revisions()).toEqual([3, 3]);
    expect((await ann.request('DELETE', `${base}/${id}`)).statusCode).toBe(404);
    expect((await audits()).map(({ action }: { action: string }) => action)).toEqual([
      'rule.deleted',
      'rule.created',
    ]);
  });
});

describe('a rule', () => {
  test('gets another target in place of the one before; a new name is nothing to the routers', async () => {
    const { ann, base, add, change, tim, phone, routers, revisions } = await family();
    const { id } = (await add({ ...BEDTIME, network: 'guest', router_id: routers[1] })).json();
    const changed = await change(id, { device_id: phone });
    expect(changed.json()).toMatchObject({
      target: 'device',
      device_id: phone,
      network: null,
      router_id: null,
      windows: BEDTIME.windows,
    });
    expect(await revisions()).toEqual([3, 3]);
    const named = await change(id, { name: 'Sleep' }, { 'if-match': `${changed.headers.etag}` });
    expect(named.json()).toMatchObject({ name: 'Sleep', device_id: phone });
    expect(await revisions()).toEqual([3, 3]);
    const late = await change(id, { person_id: tim }, { 'if-match': `${changed.headers.etag}` });
    expect(late.statusCode).toBe(412);
    const found = await ann.request('GET', `${base}/${id}`);
    expect(found.headers.etag).toBe(named.headers.etag);
  });

  test('with weekly windows needs the time zone of the home', async () => {
    const { add, revisions } = await family({ timezone: null });
    const refused = await add({ ...BEDTIME, target: 'everyone' });
    expect(refused.statusCode).toBe(409);
    expect(refused.json().detail).toContain('{"timezone": "Europe/Berlin"}');
    expect(await revisions()).toEqual([1, 1]);
    const always = { ...BEDTIME, target: 'everyone', windows: null };
    expect((await add(always)).statusCode).toBe(201);
  });

  test('for new devices is one for the home, and one for each network', async () => {
    const { add } = await family();
    const quarantine = { kind: 'new_device', target: 'everyone', access: 'block' };
    const { id } = (await add(quarantine)).json();
    const again = await add({ ...quarantine, access: 'limit', down_rate: 1_000_000 });
    expect(again.statusCode).toBe(409);
    expect(again.json().detail).toContain(id);
    const guests = { kind: 'new_device', network: 'guest', access: 'allow' };
    expect((await add(guests)).statusCode).toBe(201);
    expect((await add(guests)).statusCode).toBe(409);
  });

  test('is made once by a repeated request', async () => {
    const { add, tim, list } = await family();
    const again = () =>
      add({ kind: 'pause', person_id: tim, minutes: 30 }, { 'idempotency-key': 'one' });
    const [first, second] = [await again(), await again()];
    expect(second.json()).toEqual(first.json());
    expect(await list()).toHaveLength(1);
  });

  test('is not made by more than 500; those that have ended do not count, and are listed by themselves', async () => {
    const { add, tim, list, inTenant, ann, home_id } = await family();
    await inTenant((transaction) =>
      sql`
        insert into access_rules (user_id, home_id, kind, target, access, from_at, until_at)
        select ${ann.userId}, ${home_id}, 'pause', 'everyone', 'block', now() - interval '2 days',
          case when n <= 3 then now() - interval '1 day' end
        from generate_series(1, 502) n`.execute(transaction),
    );
    const pause = { kind: 'pause', person_id: tim };
    const answers = await Promise.all([add(pause), add(pause), add(pause)]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([
      201, 409, 409,
    ]);
    expect((await add(pause)).json()).toMatchObject({
      type: '/problems/quota-exceeded',
      quota: 'access_rules',
      limit: 500,
      used: 500,
    });
    expect(await list('?state=ended')).toHaveLength(3);
    expect(await list('?limit=500')).toHaveLength(500);
    expect(await list('?state=all&limit=500&kind=schedule')).toEqual([]);
  });
});

describe('what does not fit is refused by field', () => {
  const home = family();
  const week = [{ days: [1], from: '21:00', to: '07:00' }];
  test.each([
    ['nobody', { kind: 'pause' }, 'target'],
    ['two targets', { kind: 'pause', person_id: crypto.randomUUID(), network: 'lan' }, 'network'],
    [
      'a router without a network',
      { kind: 'pause', target: 'everyone', router_id: 'x' },
      'router_id',
    ],
    ['a pause that allows', { kind: 'pause', target: 'everyone', access: 'allow' }, 'access'],
    ['a pause with windows', { kind: 'pause', target: 'everyone', windows: week }, 'windows'],
    [
      'an exception without an end',
      { kind: 'exception', target: 'everyone', access: 'allow' },
      'until_at',
    ],
    [
      'an end that is over',
      { kind: 'pause', target: 'everyone', until_at: '2026-01-01T00:00:00Z' },
      'until_at',
    ],
    [
      'an end in a year',
      { kind: 'pause', target: 'everyone', until_at: '2999-01-01T00:00:00Z' },
      'until_at',
    ],
    ['two ends', { kind: 'pause', target: 'everyone', minutes: 5, until_at: null }, 'minutes'],
    [
      'a schedule that says nothing',
      { kind: 'schedule', target: 'everyone', windows: week },
      'access',
    ],
    [
      'a schedule that ends',
      { kind: 'schedule', target: 'everyone', access: 'block', minutes: 5 },
      'minutes',
    ],
    [
      'a limit without a rate',
      { kind: 'schedule', target: 'everyone', access: 'limit' },
      'down_rate',
    ],
    [
      'a rate without a limit',
      { kind: 'schedule', target: 'everyone', access: 'allow', up_rate: 5 },
      'up_rate',
    ],
    [
      'new devices of a person',
      { kind: 'new_device', target: 'person', person_id: crypto.randomUUID(), access: 'block' },
      'target',
    ],
    [
      'no day',
      { ...BEDTIME, target: 'everyone', windows: [{ ...week[0], days: [] }] },
      'windows.0.days',
    ],
    [
      'a day twice',
      { ...BEDTIME, target: 'everyone', windows: [{ ...week[0], days: [1, 1] }] },
      'windows.0.days',
    ],
    [
      'an eighth day',
      { ...BEDTIME, target: 'everyone', windows: [{ ...week[0], days: [8] }] },
      'windows.0.days.0',
    ],
    [
      '24:00',
      { ...BEDTIME, target: 'everyone', windows: [{ ...week[0], to: '24:00' }] },
      'windows.0.to',
    ],
    [
      'too many windows',
      { ...BEDTIME, target: 'everyone', windows: Array.from({ length: 41 }, () => week[0]) },
      'windows',
    ],
  ])('%s', async (_what, body, field) => {
    const { add } = await home;
    const answer = await add(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors.map((error: { field: string }) => error.field)).toContain(field);
  });

  test('what it names must be in the home', async () => {
    const { add } = await home;
    for (const named of ['person_id', 'device_id'])
      expect((await add({ kind: 'pause', [named]: crypto.randomUUID() })).statusCode).toBe(404);
    expect((await add({ kind: 'pause', network: 'lan', router_id: 'other' })).statusCode).toBe(404);
  });
});

describe('a device that a rule is for', () => {
  test('is not deleted: the conflict names the rule', async () => {
    const { ann, base, add, phone, routers } = await family();
    const { id } = (await add({ ...BEDTIME, device_id: phone })).json();
    const remove = () => ann.request('DELETE', `/api/v1/routers/${routers[0]}/devices/${phone}`);
    const refused = await remove();
    expect(refused.statusCode).toBe(409);
    expect(refused.json().detail).toContain(`Bedtime (${id})`);
    await ann.request('DELETE', `${base}/${id}`);
    expect((await remove()).statusCode).toBe(204);
  });

  test('has it also once it is a part of another one, and again when that is undone', async () => {
    const { ann, add, phone, routers, inTenant } = await family();
    const path = `/api/v1/routers/${routers[0]}/devices`;
    const { id } = await inTenant((transaction) =>
      transaction
        .insertInto('user_devices')
        .values({ user_id: ann.userId, router_id: routers[0] ?? '', ip: '10.0.0.2' })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    await add({ kind: 'pause', device_id: phone });
    const blocked = async () =>
      (await ann.request('GET', `${path}?state=blocked`))
        .json()
        .items.map((one: { id: string }) => one.id);
    expect(await blocked()).toEqual([phone]);
    await ann.request('POST', `${path}/${id}/merge`, { device_id: phone });
    expect(await blocked()).toEqual([id]);
    await ann.request('POST', `${path}/${id}/unmerge`, { device_id: phone });
    expect(await blocked()).toEqual([phone]);
  });
});
