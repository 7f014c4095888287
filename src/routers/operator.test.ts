import { expect, test } from 'vitest';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { listAllRouters } from './operator.ts';

const { service, owner } = await createTestDatabase();

test("the operator sees everybody's routers, or one user's", async () => {
  for (const name of ['bob', 'ann'])
    await createRouter(service, await createUser(service, `${name}@example.com`), `${name}-home`);
  expect((await listAllRouters(owner)).map(({ router_id }) => router_id)).toEqual([
    'ann-home',
    'bob-home',
  ]);
  expect(await listAllRouters(owner, { email: 'bob@example.com' })).toMatchObject([
    { email: 'bob@example.com', router_id: 'bob-home', is_active: true },
  ]);
});

test('somebody who is not there has none: that is an error', async () => {
  await expect(listAllRouters(owner, { email: 'eve@example.com' })).rejects.toThrow(
    'There is no user "eve@example.com"',
  );
});

test('the service sees nobody’s that way', async () => {
  expect(await listAllRouters(service)).toEqual([]);
});
