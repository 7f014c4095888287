import { expect, onTestFinished, test } from 'vitest';
import { createTestApp } from '../../testing/app.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { SERVICE_ROLE } from '../config/database-address.ts';
import { openDatabase } from '../database/pool.ts';

test('however many ask, /readyz asks the database once a second', async () => {
  const { addresses } = await createTestDatabase();
  const asked: string[] = [];
  const { database, close } = openDatabase(addresses.service, {
    role: SERVICE_ROLE,
    echo: (sql) => asked.push(sql),
  });
  onTestFinished(close);
  const { app } = await createTestApp(await createTestDatabase(), { database });
  const answers = await Promise.all(Array.from({ length: 100 }, () => app.inject('/readyz')));
  expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true);
  expect(asked.filter((sql) => sql === 'select 1')).toHaveLength(1);
});
