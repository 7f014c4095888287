import { describe, expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { app, signIn } = await createTestApp(database);

test('the audit gives each entry once, newest first, page by page', async () => {
  const ann = await signIn();
  for (let value = 0; value < 7; value += 1)
    await ann.request('PUT', '/api/v1/settings/count', { setting_value: value });
  const seen: number[] = [];
  let cursor = '';
  do {
    const page = (
      await ann.request('GET', `/api/v1/audit?action=setting.changed&limit=3${cursor}`)
    ).json();
    seen.push(...page.items.map((item: { details: { after: number } }) => item.details.after));
    cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`;
  } while (cursor !== '');
  expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0]);
});

test('an entry names who, in which session, to what', async () => {
  const ann = await signIn();
  const router = await createRouter(database.service, ann.userId);
  await ann.request('PATCH', `/api/v1/routers/${router}`, { router_name: 'Home' });
  const { items } = (await ann.request('GET', `/api/v1/audit?router_id=${router}`)).json();
  expect(items).toMatchObject([
    {
      actor: 'user',
      session_id: ann.sessionId,
      action: 'router.changed',
      router_id: router,
      details: { before: { router_name: null }, after: { router_name: 'Home' } },
    },
  ]);
});

test('of one device there is what was done to it, by a block or a list, too, and to its parts', async () => {
  const ann = await signIn();
  const router = await createRouter(database.service, ann.userId);
  const url = `/api/v1/routers/${router}`;
  const ids = await tenantTransaction(database.service, ann.userId, (transaction) =>
    transaction
      .insertInto('user_devices')
      .values(
        [1, 2, 3].map((n) => ({
          user_id: ann.userId,
          router_id: router,
          ip: `10.0.0.${n}`,
          mac: `9a:8d:bc:e0:52:0${n}`,
        })),
      )
      .returning('id')
      .execute(),
  );
  const [one, part, other] = ids.map(({ id }) => id);
  for (const device_id of [one, part, other]) {
    await ann.request('POST', `${url}/blocks`, { device_id });
    await ann.request('POST', `${url}/whitelist`, { device_id });
    await ann.request('PATCH', `${url}/devices/${device_id}`, { device_name: device_id });
  }
  const actionsOf = async (device_id: string | undefined) => {
    const answer = await ann.request('GET', `/api/v1/audit?device_id=${device_id}`);
    return answer.json().items.map(({ action }: { action: string }) => action);
  };
  const done = ['device.changed', 'whitelist.added', 'block.started'];
  expect(await actionsOf(one)).toEqual(done);
  await ann.request('POST', `${url}/devices/${one}/merge`, { device_id: part });
  expect(await actionsOf(one)).toEqual(['device.merged', ...done, ...done]);
  expect(await actionsOf(other)).toEqual(done);
});

test('of one device there are the rules and pauses that are or were for it', async () => {
  const ann = await signIn();
  const router = await createRouter(database.service, ann.userId);
  const [home] = (await ann.request('GET', '/api/v1/homes')).json().items;
  const ids = await tenantTransaction(database.service, ann.userId, (transaction) =>
    transaction
      .insertInto('user_devices')
      .values([7, 8].map((n) => ({ user_id: ann.userId, router_id: router, ip: `10.0.0.${n}` })))
      .returning('id')
      .execute(),
  );
  const [one, other] = ids.map(({ id }) => id);
  const rules = `/api/v1/homes/${home.id}/rules`;
  const pause = await ann.request('POST', rules, { kind: 'pause', device_id: one });
  const night = await ann.request('POST', rules, {
    kind: 'schedule',
    name: 'Night',
    access: 'limit',
    down_rate: 1000,
    device_id: one,
  });
  expect([pause.statusCode, night.statusCode]).toEqual([201, 201]);
  await ann.request('PATCH', `${rules}/${night.json().id}`, { device_id: other });
  await ann.request('DELETE', `${rules}/${pause.json().id}`);
  const aboutDevice = async (device: string | undefined) => {
    const answer = await ann.request('GET', `/api/v1/audit?device_id=${device}`);
    return answer
      .json()
      .items.map(({ action, details }: { action: string; details: { kind?: string } }) =>
        [action, details.kind].join(' ').trim(),
      );
  };
  expect(await aboutDevice(one)).toEqual([
    'rule.deleted pause',
    'rule.changed',
    'rule.created schedule',
    'rule.created pause',
  ]);
  expect(await aboutDevice(other)).toEqual(['rule.changed']);
});

describe('the names of an entry', async () => {
  const ann = await signIn();
  const router = await createRouter(database.service, ann.userId);
  const [home] = (await ann.request('GET', '/api/v1/homes')).json().items;
  await ann.request('PATCH', `/api/v1/routers/${router}`, { router_name: 'Attic' });
  const url = `/api/v1/routers/${router}`;
  const [device] = await tenantTransaction(database.service, ann.userId, (transaction) =>
    transaction
      .insertInto('user_devices')
      .values({ user_id: ann.userId, router_id: router, ip: '10.0.0.7', hostname: 'PS5-594F' })
      .returning('id')
      .execute(),
  );
  const { id: tim } = (
    await ann.request('POST', `/api/v1/homes/${home.id}/people`, { name: 'Tim' })
  ).json();
  const newest = async (query = '') =>
    (await ann.request('GET', `/api/v1/audit?limit=1&${query}`)).json().items[0];

  test('are those of today, of the device, the person and the router', async () => {
    await ann.request('PATCH', `${url}/devices/${device?.id}`, { person_id: tim });
    await ann.request('PATCH', `/api/v1/homes/${home.id}/people/${tim}`, { name: 'Timothy' });
    expect(await newest('action=device.changed')).toMatchObject({
      subject_name: 'PS5-594F',
      device: { id: device?.id, router_id: router, name: 'PS5-594F' },
      person: { id: tim, name: 'Timothy' },
      router_name: 'Attic',
      other_router_name: null,
    });
  });

  test('are those of a merged device for its parts', async () => {
    await ann.request('POST', `${url}/blocks`, { device_id: device?.id });
    const [whole] = await tenantTransaction(database.service, ann.userId, (transaction) =>
      transaction
        .insertInto('user_devices')
        .values({ user_id: ann.userId, router_id: router, ip: '10.0.0.8', hostname: 'Console' })
        .returning('id')
        .execute(),
    );
    await ann.request('POST', `${url}/devices/${whole?.id}/merge`, { device_id: device?.id });
    expect(await newest('action=block.started')).toMatchObject({
      subject_name: 'Console',
      device: { id: whole?.id, name: 'Console' },
    });
  });

  test('are those of then for what is gone', async () => {
    await ann.request('DELETE', `/api/v1/homes/${home.id}/people/${tim}`);
    expect(await newest('action=person.deleted')).toMatchObject({
      subject_name: 'Timothy',
      person: null,
    });
  });

  test('say by which session or token somebody acted, and can be asked for', async () => {
    await ann.request('PUT', '/api/v1/settings/theme', { setting_value: 1 });
    expect(await newest()).toMatchObject({ token_name: null, client: expect.any(String) });
    const { token } = (
      await ann.request('POST', '/api/v1/tokens', {
        token_name: 'Night script',
        scopes: ['read', 'manage', 'account'],
        days: 1,
      })
    ).json();
    const headers = { authorization: `Bearer ${token}` };
    await app.inject({
      method: 'PUT',
      url: '/api/v1/settings/theme',
      headers,
      payload: { setting_value: 2 },
    });
    const entry = { token_name: 'Night script', client: null, details: { after: 2 } };
    expect(await newest()).toMatchObject(entry);
    const { items } = (
      await ann.request('GET', '/api/v1/audit?token_name=Night%20script&actor_id=owner')
    ).json();
    expect(items).toMatchObject([entry]);
    expect(await newest(`actor_id=${tim}`)).toBeUndefined();
  });

  test('are none for details that say anything', async () => {
    const odd = [
      [],
      'text',
      null,
      { device_id: 'nobody', person_id: 7, after: [], replaced: {} },
      { device_id: { id: 1 }, before: null, after: { person_id: 'x' }, routers: 'y' },
    ];
    for (const details of odd)
      await tenantTransaction(database.service, ann.userId, (transaction) =>
        transaction
          .insertInto('audit_entries')
          .values({
            user_id: ann.userId,
            actor: 'user',
            action: 'rule.changed',
            subject_id: '\u{1F600}',
            details: JSON.stringify(details),
          })
          .execute(),
      );
    const { items } = (
      await ann.request('GET', '/api/v1/audit?action=rule.changed&limit=500')
    ).json();
    expect(items).toHaveLength(odd.length);
    for (const item of items)
      expect(item).toMatchObject({ subject_name: null, device: null, person: null });
  });
});

test('an entry cannot be changed or deleted by the service', async () => {
  const ann = await signIn();
  await ann.request('PUT', '/api/v1/settings/theme', { setting_value: 1 });
  for (const statement of ['deleteFrom', 'updateTable'] as const) {
    const attempt = tenantTransaction(database.service, ann.userId, async (transaction) => {
      if (statement === 'deleteFrom') await transaction.deleteFrom('audit_entries').execute();
      else await transaction.updateTable('audit_entries').set({ action: 'x.y' }).execute();
    });
    await expect(attempt).rejects.toThrow('permission denied');
  }
});

test('a cursor that was not given out is refused', async () => {
  const ann = await signIn();
  const answer = await ann.request('GET', '/api/v1/audit?cursor=nonsense');
  expect(answer.json()).toMatchObject({
    status: 400,
    errors: [{ field: 'cursor', value: 'nonsense' }],
  });
});
