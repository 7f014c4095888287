/** When what many routers ask of the database is asked. */
import { beforeEach, expect, test, vi } from 'vitest';
import { createTestDatabase } from '../../testing/database.ts';
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
