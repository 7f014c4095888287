import { Kysely, PostgresAdapter, PostgresDialect } from 'kysely';
import type { ClientBase } from 'pg';
import { type DatabaseAddress, OWNER_ROLE } from '../../config/database-address.ts';
import { type Database, connect, openDatabase } from '../pool.ts';
import type { DB } from '../schema.generated.ts';

/**
 * Runs `work` in one transaction of the owner's, which it sees from two sides: the driver's client,
 * for COPY, and Kysely's, for the migrator.
 */
export async function withOneTransaction(
  admin: DatabaseAddress,
  work: (client: ClientBase, transaction: Database) => Promise<void>,
): Promise<void> {
  const { pool, close } = openDatabase(admin, {
    role: OWNER_ROLE,
    applicationName: 'netpilot restore',
    statementTimeoutMs: 0,
  });
  try {
    const client = await connect(pool);
    const postgres = new PostgresDialect({
      pool: {
        options: pool.options,
        connect: () => Promise.resolve(client),
        end: () => pool.end(),
      },
    });
    const database = new Kysely<DB>({
      dialect: {
        createDriver: () => postgres.createDriver(),
        createAdapter: () => lockedAlready(),
        createQueryCompiler: () => postgres.createQueryCompiler(),
        createIntrospector: (db) => postgres.createIntrospector(db),
      },
    });
    await database.transaction().execute((transaction) => work(client, transaction));
  } finally {
    await close();
  }
}

/**
 * The restore holds the migrator's tables. The advisory lock, given back before the commit, would
 * guard nothing; and giving it back in a transaction that failed hides why it failed.
 */
function lockedAlready(): PostgresAdapter {
  return Object.assign(new PostgresAdapter(), {
    acquireMigrationLock: () => Promise.resolve(),
    releaseMigrationLock: () => Promise.resolve(),
  });
}
