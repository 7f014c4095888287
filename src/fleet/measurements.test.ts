/** How the internet answers many routers at once: stored together, each as if it were alone. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { maintenanceTransaction, tenantTransaction } from '../database/transaction.ts';
import { HEALTH_TARGETS } from '../routers/health.ts';
import { createMeasurements } from './measurements.ts';
import { routerDatabase } from './router-database.ts';

const database = await createTestDatabase();
const measure = createMeasurements(routerDatabase(database.service));

/** A router that is connected. */
async function connected(user_id: string) {
  const router_id = await createRouter(database.service, user_id);
  const connection_id = randomUUID();
  await tenantTransaction(database.service, user_id, (transaction) =>
    transaction
      .updateTable('user_routers')
      .set({ is_connected: true, connection_id, connected_at: sql`now() - interval '1 hour'` })
      .where('router_id', '=', router_id)
      .execute(),
  );
  return { user_id, router_id, connection_id };
}

type Router = Awaited<ReturnType<typeof connected>>;

const measured = (router: Router, loss: number) =>
  measure({
    ...router,
    samples: HEALTH_TARGETS.map((target) => {
      return { target, loss, round_trip: loss === 100 ? null : 9 };
    }),
  });

function stored(routers: readonly Router[]) {
  return maintenanceTransaction(database.owner, async (transaction) => {
    const { rows } = await sql<{ router_id: string; loss: number; commit: string }>`
      select router_id, loss, xmin::text as commit from router_health
      where router_id = any (${routers.map(({ router_id }) => router_id)})`.execute(transaction);
    return rows;
  });
}

function eventsOf(userId: string) {
  return tenantTransaction(database.service, userId, (transaction) =>
    transaction
      .selectFrom('events')
      .select(['number', 'type'])
      .where('type', 'like', 'router.internet%')
      .orderBy('number')
      .execute(),
  );
}

test('measurements of a moment are few commits', async () => {
  const routers: Router[] = [];
  for (let n = 0; n < 60; n += 1) routers.push(await connected(await createUser(database.service)));
  expect(await Promise.all(routers.map((router) => measured(router, 0)))).toEqual(
    routers.map(() => 0),
  );
  const rows = await stored(routers);
  expect(rows.map(({ loss }) => loss)).toEqual(routers.flatMap(() => [0, 0]));
  expect(new Set(rows.map(({ commit }) => commit)).size).toBeLessThan(5);
});

test('that the internet goes and comes is said to each of many users, in the order of their events', async () => {
  const users = await Promise.all(Array.from({ length: 5 }, () => createUser(database.service)));
  const routers = await Promise.all(users.flatMap((user) => [user, user]).map(connected));
  for (const loss of [100, 100, 0])
    await Promise.all(routers.map((router) => measured(router, loss)));
  for (const user of users) {
    const events = await eventsOf(user);
    expect(events.map(({ type }) => type)).toEqual([
      'router.internet_down',
      'router.internet_down',
      'router.internet_up',
      'router.internet_up',
    ]);
    const first = events[0]?.number ?? 0;
    expect(events.map(({ number }) => (number ?? 0) - first)).toEqual([0, 1, 2, 3]);
  }
});

test('one that must wait, or says nothing that can be stored, takes nothing from the others', async () => {
  const [held, wrong, fine] = await Promise.all(
    Array.from({ length: 3 }, async () => connected(await createUser(database.service))),
  );
  if (!held || !wrong || !fine) throw new Error('there are three');
  await measured(held, 0);
  const locking = await database.service.startTransaction().execute();
  await sql`select set_config('netpilot.user_id', ${held.user_id}, true)`.execute(locking);
  await sql`select from router_health for update`.execute(locking);
  const waiting = measured(held, 50);
  const samples = [{ target: 'no address', loss: 0, round_trip: 9 }];
  const [failed, done] = await Promise.allSettled([
    measure({ ...wrong, samples }),
    measured(fine, 7),
  ]);
  expect(failed.status).toBe('rejected');
  expect(done).toEqual({ status: 'fulfilled', value: 0 });
  expect((await stored([held])).map(({ loss }) => loss)).toEqual([0, 0]);
  expect((await stored([fine])).map(({ loss }) => loss)).toEqual([7, 7]);
  await locking.rollback().execute();
  await waiting;
  expect((await stored([held])).map(({ loss }) => loss)).toEqual([50, 50]);
});
