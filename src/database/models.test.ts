import { describe, expect, test } from 'vitest';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { createTestApp } from '../../testing/app.ts';
import { furnish } from '../../testing/household.ts';
import { blocksOf, devicesOf, dialOf, routerOf, routersOf } from './models.ts';
import { type TenantTransaction, tenantTransaction } from './transaction.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

/** A user with a furnished router and another one, so that a relation that takes too much shows. */
const { userId } = await signIn();
const home = await furnish(database.service, userId);
const office = await createRouter(database.service, userId);
const router = { user_id: userId, router_id: home.mark };
await inTenant((transaction) =>
  transaction
    .insertInto('user_devices')
    .values({ user_id: userId, router_id: office, ip: '10.0.0.2' })
    .execute(),
);

function inTenant<Result>(work: (transaction: TenantTransaction) => Promise<Result>) {
  return tenantTransaction(database.service, userId, work);
}

describe('a user', () => {
  test('has routers', () =>
    inTenant(async (transaction) => {
      const routers = await routersOf(transaction, router).execute();
      expect(routers.map(({ router_id }) => router_id).toSorted()).toEqual(
        [home.mark, office].toSorted(),
      );
    }));

  test("has nothing of another user's, even asked for it by name", async () => {
    const bob = await createUser(database.service);
    await tenantTransaction(database.service, bob, async (transaction) => {
      for (const relation of [routersOf, routerOf, dialOf, devicesOf, blocksOf]) {
        const rows: unknown[] = await relation(transaction, router).execute();
        expect(rows).toEqual([]);
      }
    });
  });
});

test.each([
  ['a row', routerOf, {}],
  ['a dial', dialOf, { problem: null }],
  ['devices', devicesOf, { hostname: home.mark }],
  ['blocks', blocksOf, { device_id: home.ids['devices'] }],
])('a router has %s of its own', (_what, relation, expected) =>
  inTenant(async (transaction) => {
    const rows: unknown[] = await relation(transaction, router).execute();
    expect(rows).toMatchObject([{ router_id: home.mark, ...expected }]);
  }),
);
