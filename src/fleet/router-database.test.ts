/** How routers share the connections to the database. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { routerDatabase } from './router-database.ts';

const database = await createTestDatabase();

test('who logs in does not wait for the scans of all others', async () => {
  const routers = routerDatabase(database.service);
  const users = await Promise.all(Array.from({ length: 30 }, () => createUser(database.service)));
  const end = Promise.withResolvers<void>();
  let begun = 0;
  const scans = users.map((userId) =>
    routers.runScan(userId, (shared) =>
      shared.connection().execute(async () => {
        begun += 1;
        await end.promise;
      }),
    ),
  );
  await expect.poll(() => begun).toBe(4);
  const { rows } = await routers.run((shared) => sql`select 1`.execute(shared));
  expect(rows).toHaveLength(1);
  expect(begun).toBe(4);
  end.resolve();
  await Promise.all(scans);
  expect(begun).toBe(30);
});
