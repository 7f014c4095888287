import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';
import { accessAt } from './access-at.ts';
import { type Selected, loadHome } from './load-home.ts';

const database = await createTestDatabase();

async function tenant() {
  const user_id = await createUser(database.service);
  const router_id = await createRouter(database.service, user_id, 'One');
  const run = <Result>(work: (transaction: TenantTransaction) => Promise<Result>) =>
    tenantTransaction(database.service, user_id, work);
  const home_id = await run(async (transaction) => {
    const { id } = await transaction.selectFrom('homes').select('id').executeTakeFirstOrThrow();
    return id;
  });
  const owned = { user_id, router_id };
  const addDevice = (ip: string, mac: string | null, more: Record<string, string> = {}) =>
    run(async (transaction) => {
      const { id } = await transaction
        .insertInto('user_devices')
        .values({ ...owned, ip, mac, ...more })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    });
  const load = (selected: Partial<Selected> = {}) =>
    run((transaction) => loadHome(transaction, { user_id, ...selected }));
  return { user_id, router_id, home_id, owned, run, addDevice, load };
}

describe('what a home decides', () => {
  test('comes in one go: rules oldest first, in whole seconds that no pause is shorter than', async () => {
    const { user_id, home_id, run, load, addDevice, router_id } = await tenant();
    const id = await addDevice('10.0.0.2', '02:00:00:00:00:02');
    await run((transaction) =>
      sql`
        insert into access_rules (user_id, home_id, kind, target, device_id, access, from_at, until_at, created_at, is_active)
        values
          (${user_id}, ${home_id}, 'pause', 'device', ${id}, 'block', now() - interval '1 day', 'infinity', now(), true),
          (${user_id}, ${home_id}, 'pause', 'device', ${id}, 'block', '2026-01-01 00:00:00.5Z', '2100-01-01 00:00:00.000001Z', now() - interval '1 hour', true),
          (${user_id}, ${home_id}, 'pause', 'device', ${id}, 'block', now() - interval '30 days', now() - interval '9 days', now(), true),
          (${user_id}, ${home_id}, 'pause', 'device', ${id}, 'block', now(), null, now(), false)`.execute(
        transaction,
      ),
    );
    const { homes, devices } = await load();
    const rules = homes.get(home_id)?.rules ?? [];
    expect(rules.map(({ from, until }) => [from, until])).toEqual([
      [Date.parse('2026-01-01T00:00:00Z') / 1_000, Date.parse('2100-01-01T00:00:01Z') / 1_000],
      [expect.any(Number), 99_999_999_999],
    ]);
    expect(devices).toMatchObject([{ id, router_id, home_id, macs: ['02:00:00:00:00:02'] }]);
  });

  test('has a merged device once, blocked and listed by any of its MACs', async () => {
    const { owned, run, addDevice, load } = await tenant();
    const whole = await addDevice('10.0.0.2', '02:00:00:00:00:02', {
      place: '{"network": "guest"}',
    });
    const part = await addDevice('10.0.0.3', '02:00:00:00:00:03');
    await run(async (transaction) => {
      await transaction
        .updateTable('user_devices')
        .set({ merged_into: whole, shown_as: whole, holds_ip: false })
        .where('id', '=', part)
        .execute();
      const entry = { ...owned, device_ip: '0.0.0.0', device_mac: '02:00:00:00:00:03' };
      await transaction.insertInto('user_whitelists').values(entry).execute();
      await transaction
        .insertInto('user_blocked_devices')
        .values({ ...entry, blocked_at: '2026-01-01T00:00:00Z' })
        .execute();
    });
    const found = async () => (await load({ device_ids: [part] })).devices;
    const blocked_since = Date.parse('2026-01-01T00:00:00Z') / 1_000;
    expect(await found()).toMatchObject([
      { id: whole, part_ids: [whole, part], network: 'guest', blocked_since, is_listed: false },
    ]);
    await run((transaction) =>
      transaction.updateTable('router_policies').set({ mode: 'whitelist' }).execute(),
    );
    expect(await found()).toMatchObject([{ id: whole, is_listed: true }]);
  });

  test('a block by address is for who has the address now', async () => {
    const { owned, run, addDevice, load } = await tenant();
    const id = await addDevice('10.0.0.2', '02:00:00:00:00:02');
    await addDevice('10.0.0.3', '02:00:00:00:00:03');
    await run((transaction) =>
      transaction
        .insertInto('user_blocked_devices')
        .values({ ...owned, device_ip: '10.0.0.2' })
        .execute(),
    );
    const { homes, devices } = await load();
    const blocked = devices.filter((device) => {
      const home = homes.get(device.home_id);
      return home !== undefined && accessAt(home, device, 0).access === 'block';
    });
    expect(blocked.map((device) => device.id)).toEqual([id]);
  });

  test('of a router or a home has nothing of others', async () => {
    const { user_id, router_id, home_id, run, addDevice, load } = await tenant();
    await addDevice('10.0.0.2', '02:00:00:00:00:02');
    const other = await createRouter(database.service, user_id, 'Other');
    const away = await run(async (transaction) => {
      const { id } = await transaction
        .insertInto('homes')
        .values({ user_id, timezone: 'Asia/Kolkata' })
        .returning('id')
        .executeTakeFirstOrThrow();
      await transaction
        .updateTable('user_routers')
        .set({ home_id: id })
        .where('router_id', '=', other)
        .execute();
      return id;
    });
    expect([...(await load({ home_id: away })).homes.keys()]).toEqual([away]);
    expect((await load({ home_id: away })).devices).toEqual([]);
    const { homes, devices } = await load({ router_id });
    expect([...homes.keys()]).toEqual([home_id]);
    expect(devices).toHaveLength(1);
    expect((await load()).homes.size).toBe(2);
    const stranger = await createUser(database.service);
    expect((await load({ user_id: stranger })).devices).toEqual([]);
  });
});
