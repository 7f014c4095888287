/** What the database says of changes, and how that reaches those who listen. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { recordEvent } from '../activity/record-event.ts';
import { openDatabase } from '../database/pool.ts';
import { withClient } from '../database/roles.ts';
import { tenantTransaction } from '../database/transaction.ts';
import { beginLease } from '../routers/leases.ts';
import { createWakes, tellSaid } from './postgresql.ts';
import { type Hint, createLocalWakes } from './wakes.ts';

const database = await createTestDatabase();

describe('a transaction of the program', () => {
  function program() {
    const told: Hint[] = [];
    const here = createLocalWakes();
    const service = openDatabase(database.addresses.service, {
      role: 'netpilot_service',
      onSaid: tellSaid({ ...here, tell: (hint) => void told.push(hint) }),
    });
    onTestFinished(service.close);
    return { told, database: service.database };
  }
  const ann = '019302cc-0000-7000-8000-0000000000aa';

  test('tells what it has changed once it is committed, each once, and PostgreSQL notifies of nothing', async () => {
    const { told, database: service } = program();
    const notified: unknown[] = [];
    await withClient(database.addresses.service, async (listener) => {
      listener.on('notification', ({ payload }) => notified.push(payload));
      await listener.query('listen netpilot_events; listen netpilot_router');
      await tenantTransaction(service, ann, async (transaction) => {
        await transaction
          .insertInto('users')
          .values({ id: ann, email: 'ann@example.com' })
          .execute();
        const router = { user_id: ann, router_id: 'r1' };
        await transaction.insertInto('user_routers').values(router).execute();
        for (const policy_revision of [2, 3])
          await transaction.updateTable('router_policies').set({ policy_revision }).execute();
        expect(told).toEqual([]);
      });
      expect(told).toEqual([
        { topic: 'router', key: `${ann} r1` },
        { topic: 'user', key: ann },
      ]);
      await listener.query('select 1');
    });
    expect(notified).toEqual([]);
  });

  test('names the instance that holds the router, the former one too if it has moved', async () => {
    const { told, database: service } = program();
    const bob = await createUser(database.service);
    const router_id = await createRouter(database.service, bob);
    const nodes = [1, 2].map((n) => ({ node: `node:${n}`, instance: randomUUID() }));
    for (const node of nodes) await beginLease(service, node);
    const change = (
      values: Partial<{ is_connected: boolean; connected_node: string; connection_id: string }>,
    ) =>
      tenantTransaction(service, bob, (transaction) =>
        transaction.updateTable('user_routers').set(values).execute(),
      );
    const toldNodes = () =>
      told
        .splice(0)
        .filter(({ topic }) => topic === 'router')
        .map(({ node }) => node);
    const [first, second] = nodes;
    await change({
      is_connected: true,
      connection_id: randomUUID(),
      connected_node: first?.node ?? '',
    });
    toldNodes();
    await tenantTransaction(service, bob, (transaction) =>
      transaction.updateTable('router_policies').set({ policy_revision: 5 }).execute(),
    );
    expect(toldNodes()).toEqual([first?.instance]);
    await change({ connection_id: randomUUID(), connected_node: second?.node ?? '' });
    expect(toldNodes()).toEqual([first?.instance]);
    await tenantTransaction(service, bob, (transaction) =>
      transaction.deleteFrom('user_routers').where('router_id', '=', router_id).execute(),
    );
    expect(toldNodes()).toContain(second?.instance);
  });

  test('of one statement, without a beginning and an end, does too', async () => {
    const { told, database: service } = program();
    await sql`select finish_scan(${ann}, 'r1')`.execute(service);
    expect(told).toEqual([]);
    await tenantTransaction(service, ann, (transaction) =>
      transaction
        .updateTable('user_routers')
        .set({ scan_wanted_at: sql`now()` })
        .execute(),
    );
    await sql`select finish_scan(${ann}, 'r1')`.execute(service);
    expect(told).toEqual([
      { topic: 'router', key: `${ann} r1` },
      { topic: 'user', key: ann },
    ]);
  });

  test('that reads, or is undone, tells nothing of what never was', async () => {
    const { told, database: service } = program();
    await tenantTransaction(service, ann, (transaction) =>
      transaction.selectFrom('user_routers').selectAll().execute(),
    );
    await expect(
      tenantTransaction(service, ann, async (transaction) => {
        await recordEvent(transaction, 'device.moved', {});
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(told).toEqual([]);
  });
});

test('who writes with anything else notifies as ever: psql, and the commands of the terminal', async () => {
  const hearer = createWakes(database.addresses.service, () => undefined);
  onTestFinished(hearer.close);
  const look = vi.fn<(about?: unknown) => void>();
  const ann = '019302cc-0000-7000-8000-0000000000ab';
  hearer.hear('user', look, { key: ann });
  await expect.poll(() => look.mock.calls).toContainEqual([undefined]);
  await withClient(database.addresses.service, (client) =>
    client.query(`
      set role netpilot_service; begin; set local netpilot.user_id = '${ann}';
      insert into users (id, email) values ('${ann}', 'anna@example.com');
      insert into events (user_id, type) values ('${ann}', 'device.moved');
      commit`),
  );
  await expect.poll(() => look.mock.calls).toContainEqual([ann]);
});
