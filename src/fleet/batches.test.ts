/** When what many routers ask of the database is asked. */
import { sql } from 'kysely';
import { beforeEach, expect, test, vi } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
import { withClient } from '../database/roles.ts';
import { createBatches } from './batches.ts';
import { routerDatabase } from './router-database.ts';

const database = await createTestDatabase();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  return () => vi.useRealTimers();
});

/** What asks by the name of each, and which names each statement had. */
function batches(apart: number) {
  const statements: string[][] = [];
  const ask = createBatches<{ user_id: string }, string>(
    routerDatabase(database.service),
    'names',
    (_database, items) => {
      statements.push(items.map(({ user_id }) => user_id));
      return Promise.resolve(items.map(({ user_id }) => `of ${user_id}`));
    },
    apart,
  );
  return { statements, ask: (user_id: string) => ask({ user_id }) };
}

test('who comes alone does not wait; who comes soon after is asked about with the others', async () => {
  const { statements, ask } = batches(20);
  expect(await ask('ann')).toBe('of ann');
  const soon = [ask('ben'), ask('cid')];
  await vi.advanceTimersByTimeAsync(19);
  expect(statements).toEqual([['ann']]);
  soon.push(ask('dan'));
  await vi.advanceTimersByTimeAsync(1);
  expect(await Promise.all(soon)).toEqual(['of ben', 'of cid', 'of dan']);
  expect(statements).toEqual([['ann'], ['ben', 'cid', 'dan']]);
  await vi.advanceTimersByTimeAsync(20);
  expect(await ask('eve')).toBe('of eve');
});

test('as many as one statement has do not wait for more', async () => {
  const { statements, ask } = batches(20);
  const names = Array.from({ length: 120 }, (_none, index) => String(index));
  await Promise.all([ask('first'), ...names.slice(0, 100).map(ask)]);
  expect(statements.map(({ length }) => length)).toEqual([1, 50, 50]);
  const rest = Promise.all(names.slice(100).map(ask));
  await vi.advanceTimersByTimeAsync(20);
  await rest;
  expect(statements.map(({ length }) => length)).toEqual([1, 50, 50, 20]);
});

test('many have turns of their own, and do not wait behind all who ask one by one', async () => {
  vi.useRealTimers();
  const routers = routerDatabase(database.service);
  const done: string[] = [];
  await withClient(database.addresses.admin, async (holder) => {
    await holder.query('select pg_advisory_lock(key) from generate_series(1, 60) key');
    const alone = Array.from({ length: 60 }, async (_none, index) => {
      const wait = sql`select pg_advisory_xact_lock(${index + 1})`;
      await routers.run((shared) => wait.execute(shared));
      done.push(`alone ${index + 1}`);
    });
    const ask = createBatches<{ user_id: string }, string>(
      routers,
      'names',
      async (shared, items) => {
        await sql`select 1`.execute(shared);
        return items.map(({ user_id }) => user_id);
      },
    );
    const many = ask({ user_id: 'ann' }).then((name) => done.push(String(name)));
    // The turn of who asks alone, and that of many.
    await holder.query('select pg_advisory_unlock(1), pg_advisory_unlock(2)');
    await many;
    expect(done.toSorted()).toEqual(['alone 1', 'alone 2', 'ann']);
    await holder.query('select pg_advisory_unlock_all()');
    await Promise.all(alone);
  });
});
