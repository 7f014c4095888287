/** What many routers confirm at once: stored together, each as if it were alone. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import {
  countWaiting,
  createRouter,
  createTestDatabase,
  createUser,
} from '../../testing/database.ts';
import { recordEvent } from '../activity/record-event.ts';
import { maintenanceTransaction, tenantTransaction } from '../database/transaction.ts';
import { createConfirmations } from './confirmations.ts';
import { type Confirmed, storeAllApplied } from './desired-state.ts';
import { routerDatabase } from './router-database.ts';

const database = await createTestDatabase();
const confirm = createConfirmations(routerDatabase(database.service));

/** A router that is connected, and has its first revision to confirm. */
async function router(user_id: string): Promise<Confirmed> {
  const router_id = await createRouter(database.service, user_id);
  const connection_id = randomUUID();
  await tenantTransaction(database.service, user_id, (transaction) =>
    transaction
      .updateTable('user_routers')
      .set({ is_connected: true, connection_id })
      .where('router_id', '=', router_id)
      .execute(),
  );
  return { user_id, router_id, connection_id, revision: 1, refused: [] };
}

function applied(all: readonly Confirmed[]) {
  return maintenanceTransaction(database.owner, async (transaction) => {
    const { rows } = await sql<{ router_id: string; applied_revision: number; commit: string }>`
      select router_id, applied_revision, xmin::text as commit from router_policies
      where router_id = any (${all.map(({ router_id }) => router_id)})`.execute(transaction);
    return rows;
  });
}

function eventsOf(userId: string) {
  return tenantTransaction(database.service, userId, (transaction) =>
    transaction
      .selectFrom('events')
      .select(['number', 'router_id'])
      .where('type', '=', 'policy.applied')
      .orderBy('number')
      .execute(),
  );
}

test('confirmations of a moment are few commits, and each user has the events of theirs, in order', async () => {
  const all: Confirmed[] = [];
  for (let n = 0; n < 30; n += 1) {
    const user = await createUser(database.service);
    all.push(await router(user), await router(user));
  }
  const told = new Set<string>();
  onTestFinished(database.wakes.hear('user', (user) => user !== undefined && told.add(user)));
  expect(await Promise.all(all.map(confirm))).toEqual(
    all.map(() => expect.objectContaining({ seconds: expect.any(Number) })),
  );
  expect([...told].toSorted()).toEqual([...new Set(all.map(({ user_id }) => user_id))].toSorted());
  const rows = await applied(all);
  expect(rows.map(({ applied_revision }) => applied_revision)).toEqual(all.map(() => 1));
  expect(new Set(rows.map(({ commit }) => commit)).size).toBeLessThan(5);
  for (const { user_id } of all) {
    const events = await eventsOf(user_id);
    expect(events).toHaveLength(2);
    const [first, second] = events.map(({ number }) => number ?? 0);
    expect(second).toBe((first ?? 0) + 1);
  }
});

test('what a connection confirms that counts no more is not stored', async () => {
  const user = await createUser(database.service);
  const [old, current] = [await router(user), await router(user)];
  const replaced = { ...old, connection_id: randomUUID() };
  expect(await Promise.all([replaced, current].map(confirm))).toEqual([
    undefined,
    expect.objectContaining({ wasConnected: expect.any(Boolean) }),
  ]);
  expect(await applied([old])).toMatchObject([{ applied_revision: 0 }]);
});

test('one that cannot be stored, or must wait, takes nothing from the others', async () => {
  const [held, gone, fine] = [
    await router(await createUser(database.service)),
    await router(await createUser(database.service)),
    await router(await createUser(database.service)),
  ];
  const locking = await database.service.startTransaction().execute();
  await sql`select set_config('netpilot.user_id', ${held.user_id}, true)`.execute(locking);
  await sql`select from router_policies for update`.execute(locking);
  const waiting = confirm(held);
  const [failed, stored] = await Promise.allSettled([
    confirm({ ...gone, connection_id: 'no uuid' }),
    confirm(fine),
  ]);
  expect(failed.status).toBe('rejected');
  expect(stored).toMatchObject({ status: 'fulfilled' });
  expect(await applied([fine, held])).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ router_id: fine.router_id, applied_revision: 1 }),
      expect.objectContaining({ router_id: held.router_id, applied_revision: 0 }),
    ]),
  );
  await locking.rollback().execute();
  await waiting;
  expect(await applied([held])).toMatchObject([{ applied_revision: 1 }]);
});

test.each(['user_routers', 'users'] as const)(
  'who changes one of the %s at the same time, and says so in an event, is in nobody’s way',
  async (table) => {
    const confirmed = await router(await createUser(database.service));
    const { user_id, router_id } = confirmed;
    const changing = await database.service.startTransaction().execute();
    await sql`select set_config('netpilot.user_id', ${user_id}, true)`.execute(changing);
    await sql`select from ${sql.table(table)} for update`.execute(changing);
    const stored = storeAllApplied(database.service, [confirmed], null);
    await expect.poll(() => countWaiting(database)).toBe(1);
    await recordEvent(changing, 'router.clock_changed', { router_id }, { clock: null });
    await changing.commit().execute();
    expect(await stored).toEqual([expect.objectContaining({ seconds: expect.any(Number) })]);
  },
);
