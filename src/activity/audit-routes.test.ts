import { expect, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createRouter, createTestDatabase } from '../../testing/database.ts';
import { tenantTransaction } from '../database/transaction.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

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
