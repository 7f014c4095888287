import { describe, expect, test } from 'vitest';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { createTestApp } from '../../testing/app.ts';
import { furnish } from '../../testing/household.ts';
import {
  addressesOf,
  auditOf,
  blacklistOf,
  blocksOf,
  blocksOfDevice,
  deviceOf,
  devicesOf,
  dialOf,
  eventsOf,
  importsOf,
  keysOf,
  pairingCodesOf,
  policyOf,
  rejectsOf,
  routerOf,
  routersOf,
  sessionsOf,
  settingsOf,
  staysOf,
  userOf,
  whitelistOf,
} from './models.ts';
import { type TenantTransaction, tenantTransaction } from './transaction.ts';

const database = await createTestDatabase();
const { signIn } = await createTestApp(database);

/** A user with a furnished router and another one, so that a relation that takes too much shows. */
const { userId } = await signIn();
const home = await furnish(database.service, userId);
const office = await createRouter(database.service, userId);
const { router, device, imported } = await inTenant(async (transaction) => {
  await transaction
    .insertInto('user_devices')
    .values({ user_id: userId, router_id: office, ip: '10.0.0.2' })
    .execute();
  const found = await routerOf(transaction, {
    user_id: userId,
    router_id: home.mark,
  }).executeTakeFirstOrThrow();
  return {
    router: found,
    device: await devicesOf(transaction, found).executeTakeFirstOrThrow(),
    imported: await importsOf(transaction, found).executeTakeFirstOrThrow(),
  };
});

function inTenant<Result>(work: (transaction: TenantTransaction) => Promise<Result>) {
  return tenantTransaction(database.service, userId, work);
}

describe('a user', () => {
  test('has routers, pairing codes, sessions, settings, an audit and events', () =>
    inTenant(async (transaction) => {
      const user = { user_id: userId };
      const routers = await routersOf(transaction, user).execute();
      expect(routers.map(({ router_id }) => router_id).toSorted()).toEqual(
        [home.mark, office].toSorted(),
      );
      expect(await sessionsOf(transaction, user).execute()).toMatchObject([
        { user_id: userId },
        { user_id: userId, token_name: home.mark },
      ]);
      expect(await auditOf(transaction, user).execute()).toContainEqual(
        expect.objectContaining({ details: { mark: home.mark } }),
      );
      expect(await eventsOf(transaction, user).execute()).toMatchObject([
        { number: 1, data: { mark: home.mark } },
      ]);
      expect(await pairingCodesOf(transaction, user).execute()).toMatchObject([
        { id: home.ids['pairing-codes'] },
      ]);
      expect(
        await settingsOf(transaction, { user_id: userId, router_id: null }).execute(),
      ).toMatchObject([{ router_id: null, setting_key: 'mark' }]);
    }));

  test("has nothing of another user's, even asked for it by name", async () => {
    const bob = await createUser(database.service);
    await tenantTransaction(database.service, bob, async (transaction) => {
      const relations = [
        userOf(transaction, router),
        routersOf(transaction, router),
        devicesOf(transaction, router),
        policyOf(transaction, router),
        addressesOf(transaction, device),
        rejectsOf(transaction, imported),
      ];
      for (const relation of relations) expect(await relation.execute()).toEqual([]);
    });
  });
});

describe('a router', () => {
  test.each([
    ['a policy', policyOf, { mode: 'none' }],
    ['keys', keysOf, { revoked_at: null }],
    ['a dial', dialOf, { problem: null }],
    ['devices', devicesOf, { hostname: home.mark }],
    ['a whitelist', whitelistOf, { description: home.mark }],
    ['a blacklist', blacklistOf, { reason: home.mark }],
    ['blocks', blocksOf, { device_id: home.ids['devices'] }],
    ['settings', settingsOf, { setting_value: home.mark }],
    ['imports', importsOf, { report: { mark: home.mark } }],
  ])('has %s of its own', (_what, relation, expected) =>
    inTenant(async (transaction) => {
      const rows: unknown[] = await relation(transaction, router).execute();
      expect(rows).toMatchObject([{ router_id: home.mark, ...expected }]);
    }),
  );

  test('belongs to its user', () =>
    inTenant(async (transaction) => {
      expect(await userOf(transaction, router).execute()).toMatchObject([{ id: userId }]);
    }));
});

describe('a device', () => {
  test('has earlier addresses, stays and blocks', () =>
    inTenant(async (transaction) => {
      expect(await staysOf(transaction, device).execute()).toMatchObject([
        { device_id: device.id, offline_at: null },
      ]);
      expect(await addressesOf(transaction, device).execute()).toMatchObject([
        { device_id: device.id, ip: '192.168.1.19' },
      ]);
      expect(await blocksOfDevice(transaction, device).execute()).toMatchObject([
        { device_id: device.id },
      ]);
    }));

  test('belongs to its router', () =>
    inTenant(async (transaction) => {
      expect(await routerOf(transaction, device).execute()).toEqual([router]);
    }));

  test('is found from what names it', () =>
    inTenant(async (transaction) => {
      const [entry] = await whitelistOf(transaction, router).execute();
      if (entry === undefined) throw new Error('the household has a whitelist');
      expect(await deviceOf(transaction, entry).execute()).toEqual([device]);
      const nobody = { user_id: userId, device_id: null };
      expect(await deviceOf(transaction, nobody).execute()).toEqual([]);
    }));
});

test('an import has the records that it refused', () =>
  inTenant(async (transaction) => {
    expect(await rejectsOf(transaction, imported).execute()).toMatchObject([
      { import_id: imported.id, reason: home.mark },
    ]);
  }));
