import { describe, expect, test } from 'vitest';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { maintenanceTransaction, tenantTransaction } from './transaction.ts';

const { service, owner } = await createTestDatabase();

describe('a tenant', () => {
  test('sees what is its own and nothing of another user', async () => {
    const [ann, bob] = [await createUser(service), await createUser(service)];
    const router = await createRouter(service, ann);
    const seenBy = (user: string) =>
      tenantTransaction(service, user, (transaction) =>
        transaction.selectFrom('user_routers').select('router_id').execute(),
      );
    expect(await seenBy(ann)).toEqual([{ router_id: router }]);
    expect(await seenBy(bob)).toEqual([]);
  });

  test("cannot write a row into another user's name", async () => {
    const [ann, bob] = [await createUser(service), await createUser(service)];
    await expect(
      tenantTransaction(service, ann, (transaction) =>
        transaction.insertInto('user_routers').values({ user_id: bob, router_id: 'r' }).execute(),
      ),
    ).rejects.toThrow('row-level security');
  });

  test('leaves nothing of its identity on the pooled connection', async () => {
    const ann = await createUser(service);
    await tenantTransaction(service, ann, async () => undefined);
    for (let round = 0; round < 20; round += 1) {
      expect(await service.selectFrom('users').selectAll().execute()).toEqual([]);
    }
  });

  test('gains nothing by asking for maintenance', async () => {
    await createUser(service);
    const rows = await maintenanceTransaction(service, (transaction) =>
      transaction.selectFrom('users').selectAll().execute(),
    );
    expect(rows).toEqual([]);
  });
});

test('the owner, too, sees nothing until it says that it is maintaining', async () => {
  const ann = await createUser(service);
  expect(await owner.selectFrom('users').selectAll().execute()).toEqual([]);
  const rows = await maintenanceTransaction(owner, (transaction) =>
    transaction.selectFrom('users').select('id').execute(),
  );
  expect(rows).toContainEqual({ id: ann });
});
