/** Routers that connect at once: stored together, each as if it were alone, by a node that has its lease. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { rowsOf } from '../../testing/data-folder.ts';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { maintenanceTransaction, tenantTransaction } from '../database/transaction.ts';
import { NO_FEATURES } from '../routers/features.ts';
import { beginLease, endLease } from '../routers/leases.ts';
import type { Arrival } from '../routers/presence.ts';
import { createArrivals } from './arrivals.ts';
import { routerDatabase } from './router-database.ts';

const database = await createTestDatabase();
const routers = routerDatabase(database.service);

async function node() {
  const holder = { node: `${randomUUID()}:22`, instance: randomUUID() };
  await beginLease(database.service, holder);
  return { holder, arrive: createArrivals(routers, holder) };
}

function again(user_id: string, router_id: string): Arrival {
  const said = { version: '2', limiter: 'nft', lan: '02:00:00:00:00:fe', features: NO_FEATURES };
  return { user_id, router_id, connection_id: randomUUID(), ...said };
}

async function arrival(user?: string): Promise<Arrival> {
  const user_id = user ?? (await createUser(database.service));
  return again(user_id, await createRouter(database.service, user_id));
}

function stored(all: readonly Arrival[]) {
  return maintenanceTransaction(database.owner, async (transaction) => {
    const { rows } = await sql<{ connection_id: string; node: string; commit: string }>`
      select connection_id, connected_node as node, xmin::text as commit from user_routers
      where router_id = any (${all.map(({ router_id }) => router_id)}) order by user_id, router_id`.execute(
      transaction,
    );
    return rows;
  });
}

test('of a moment are few commits, and each user has the events of theirs, in order', async () => {
  const { holder, arrive } = await node();
  const all: Arrival[] = [];
  for (let n = 0; n < 15; n += 1) {
    const user = await createUser(database.service);
    all.push(await arrival(user), await arrival(user));
  }
  expect(await Promise.all(all.map(arrive))).toEqual(
    all.map(() => ({ health_targets: null, is_asked: false, is_scanned: false })),
  );
  const rows = await stored(all);
  expect(new Set(rows.map(({ node: at }) => at))).toEqual(new Set([holder.node]));
  expect(new Set(rows.map(({ connection_id }) => connection_id))).toEqual(
    new Set(all.map(({ connection_id }) => connection_id)),
  );
  expect(new Set(rows.map(({ commit }) => commit)).size).toBeLessThan(5);
  for (const { user_id } of all) {
    const events = await rowsOf(
      database.service,
      user_id,
      `select number::integer from events where type = 'router.connected' order by number`,
    );
    const [first, second] = events.flatMap((event) => Object.values(event).map(Number));
    expect(events).toHaveLength(2);
    expect(second).toBe((first ?? 0) + 1);
  }
});

test('a router that is not linked is said to be none, and the others are stored', async () => {
  const { arrive } = await node();
  const [fine, unlinked] = [await arrival(), await arrival()];
  await rowsOf(database.service, unlinked.user_id, `update user_routers set is_active = false`);
  const nobodys = again(fine.user_id, unlinked.router_id);
  expect(await Promise.all([fine, unlinked, nobodys].map(arrive))).toEqual([
    expect.any(Object),
    undefined,
    undefined,
  ]);
});

test('what is wanted of a router besides its policy is known as soon as it connects', async () => {
  const { arrive } = await node();
  const router = await arrival();
  const change = (columns: string) =>
    rowsOf(database.service, router.user_id, `update user_routers set ${columns}`);
  await change(`health_targets = '{192.0.2.1,2001:db8::1}'`);
  const health_targets = ['192.0.2.1', '2001:db8::1'];
  expect(await arrive(router)).toMatchObject({ health_targets, is_asked: true });
  await change('is_asked = false');
  expect(await arrive(router)).toMatchObject({ health_targets, is_asked: false });
  await change(`usage_wanted_until = now() + interval '1 minute'`);
  await change('is_asked = false');
  expect(await arrive(router)).toMatchObject({ is_asked: true });
  await change(`usage_wanted_until = null`);
  await change('is_asked = false');
  await rowsOf(
    database.service,
    router.user_id,
    `insert into user_devices (user_id, router_id, ip, mac, wake_wanted_at)
      values ('${router.user_id}', '${router.router_id}', '10.0.0.1', '02:00:00:00:00:01', now())`,
  );
  expect(await arrive(router)).toMatchObject({ is_asked: true });
});

test('what a router sees is known only if it was connected until now, as the same box, and scanned lately', async () => {
  const { arrive } = await node();
  const router = await arrival();
  const change = (columns: string) =>
    rowsOf(database.service, router.user_id, `update user_routers set ${columns}`);
  const isScanned = async (said: Partial<Arrival> = {}) => {
    const welcome = await arrive({ ...again(router.user_id, router.router_id), ...said });
    return welcome?.is_scanned;
  };
  expect(await isScanned()).toBe(false);
  await change('devices_seen_at = now()');
  expect(await isScanned()).toBe(true);
  expect(await isScanned({ lan: '02:00:00:00:00:ff' })).toBe(false);
  expect(await isScanned({ lan: '02:00:00:00:00:ff' })).toBe(true);
  await change('scan_wanted_at = now()');
  expect(await isScanned()).toBe(false);
  await change(`scan_wanted_at = null, devices_seen_at = now() - interval '11 minutes'`);
  expect(await isScanned()).toBe(false);
  await change('devices_seen_at = now(), is_connected = false, connection_id = null');
  expect(await isScanned()).toBe(false);
});

test('who held a router before hears at once that another one does', async () => {
  const [before, after] = [await node(), await node()];
  const first = await arrival();
  await before.arrive(first);
  const heard: (string | undefined)[] = [];
  const stop = database.wakes.hear('router', (key) => heard.push(key), {
    node: before.holder.instance,
  });
  onTestFinished(stop);
  await after.arrive(again(first.user_id, first.router_id));
  await expect.poll(() => heard).toContain(`${first.user_id} ${first.router_id}`);
});

test('a node without its lease stores nothing: nobody would end what it held', async () => {
  const { holder, arrive } = await node();
  const router = await arrival();
  await endLease(database.service, holder);
  await expect(arrive(router)).rejects.toThrow('lease');
  expect(await stored([router])).toMatchObject([{ connection_id: null }]);
  await beginLease(database.service, { ...holder, instance: randomUUID() });
  await expect(arrive(router)).rejects.toThrow('lease');
});

test('one that cannot be stored, or must wait, takes nothing from the others', async () => {
  const { arrive } = await node();
  const [held, wrong, fine] = [await arrival(), await arrival(), await arrival()];
  const waiting = await tenantTransaction(database.service, held.user_id, async (transaction) => {
    await sql`select from user_routers for update`.execute(transaction);
    const stillWaiting = arrive(held);
    const [failed, done] = await Promise.allSettled([
      arrive({ ...wrong, connection_id: 'no uuid' }),
      arrive(fine),
    ]);
    expect([failed.status, done.status]).toEqual(['rejected', 'fulfilled']);
    expect(await stored([held])).toMatchObject([{ connection_id: null }]);
    return { stillWaiting };
  });
  expect(await waiting.stillWaiting).toBeDefined();
  expect(await stored([held])).toMatchObject([{ connection_id: held.connection_id }]);
});
