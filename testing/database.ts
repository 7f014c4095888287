import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, inject } from 'vitest';
import {
  type DatabaseAddresses,
  OWNER_ROLE,
  SERVICE_ROLE,
} from '../src/config/database-address.ts';
import { type Database, openDatabase } from '../src/database/pool.ts';
import { withClient } from '../src/database/roles.ts';
import { tenantTransaction } from '../src/database/transaction.ts';
import { createWakes, tellSaid } from '../src/wakes/postgresql.ts';
import type { Wakes } from '../src/wakes/wakes.ts';

/** A migrated database of one test file's own, on a real server. */
export type TestDatabase = {
  addresses: DatabaseAddresses;
  /** As the program works: `netpilot_service`. */
  service: Database;
  /** As migrations and the operator's commands work: `netpilot_owner`. */
  owner: Database;
  /** Told of what `service` changes, as in the program. */
  wakes: Wakes;
};

/**
 * Makes a database for the test file that awaits it at its top level; dropped after the file's tests.
 * @param from the database to copy: the migrated one, or `template0` for an empty one
 */
export async function createTestDatabase(
  from: 'netpilot' | 'template0' = 'netpilot',
): Promise<TestDatabase> {
  const template = inject('template');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const manage = { ...template.admin, database: 'postgres' };
  await withClient(manage, (client) =>
    client.query(`create database ${name} template ${from} owner ${OWNER_ROLE}`),
  );
  const addresses = {
    admin: { ...template.admin, database: name },
    service: { ...template.service, database: name },
  };
  const wakes = createWakes(addresses.service, () => undefined);
  const service = openDatabase(addresses.service, { role: SERVICE_ROLE, onSaid: tellSaid(wakes) });
  const owner = openDatabase(addresses.admin, { role: OWNER_ROLE });
  afterAll(async () => {
    await Promise.all([service.close(), owner.close()]);
    await wakes.close();
    await withClient(manage, (client) => client.query(`drop database ${name} with (force)`));
  });
  return { addresses, service: service.database, owner: owner.database, wakes };
}

/** How many connections to a test's database wait for another's lock. */
export async function countWaiting({ owner }: TestDatabase): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from pg_locks
    join pg_stat_activity using (pid) where datname = current_database() and not granted`.execute(
    owner,
  );
  return rows[0]?.count ?? 0;
}

/** A user with no routers; returns its id. */
export async function createUser(
  database: Database,
  email = `${randomUUID()}@example.com`,
): Promise<string> {
  const id = randomUUID();
  await tenantTransaction(database, id, (transaction) =>
    transaction.insertInto('users').values({ id, email }).execute(),
  );
  return id;
}

/** A router of that user's, in their first home or in this one; returns its router_id. */
export async function createRouter(
  database: Database,
  userId: string,
  routerId: string = randomUUID(),
  home_id?: string,
): Promise<string> {
  await tenantTransaction(database, userId, (transaction) =>
    transaction
      .insertInto('user_routers')
      .values({ user_id: userId, router_id: routerId, ...(home_id !== undefined && { home_id }) })
      .execute(),
  );
  return routerId;
}
