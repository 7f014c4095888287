import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { UnavailableError } from '../errors.ts';
import { type DatabaseAddress, SERVICE_ROLE } from '../config/database-address.ts';
import { type Query, applyFunctions, dropUnneededFunctions } from './functions.ts';
import { ownerTransaction } from './owner-transaction.ts';
import { prepareRoles } from './roles.ts';
import {
  BASELINE,
  MIGRATIONS_FOLDER,
  findLacking,
  inProgramsNames,
  isBeforeBaseline,
  migrationNames,
  readMigrations,
  refusalOf,
  schemaError,
} from './schema-version.ts';

/** One migration as `netpilot migrate status` shows it. `appliedAt` is absent while it is pending. */
export type MigrationStatus = { name: string; appliedAt?: string };

/** Serialises all who migrate or restore. */
const MIGRATE_LOCK = 0x6e_70_03;

/**
 * Brings the database to the newest version, all of it or nothing; gives the names of what was applied, oldest first.
 * Throws UnavailableError if a migration fails, or if this program does not work with the database's version.
 */
export async function migrateUp(admin: DatabaseAddress): Promise<string[]> {
  await prepareRoles(admin);
  return ownerTransaction(admin, 'netpilot migrate', async (client) => {
    await lockMigrations(client);
    const lacking = await findLacking(queryOn(client), await readMigrations(queryOn(client)));
    await migrateTo(client, migrationNames());
    return lacking;
  });
}

/**
 * Takes back the newest `steps` migrations, with the tables they made and what is in those.
 * Gives their names, newest first. Throws UnavailableError as migrateUp does.
 */
export function migrateDown(admin: DatabaseAddress, steps: number): Promise<string[]> {
  return ownerTransaction(admin, 'netpilot migrate', async (client) => {
    await lockMigrations(client);
    const stored = await readMigrations(queryOn(client));
    if (isBeforeBaseline(stored))
      throw new UnavailableError('The baseline is not recorded yet: run `netpilot migrate up`.');
    const kept = stored.slice(0, Math.max(0, stored.length - steps));
    await migrateTo(client, kept);
    return stored.slice(kept.length).toReversed();
  });
}

/** Every migration, oldest first, and each function that `migrate up` would replace. */
export async function migrationStatus(admin: DatabaseAddress): Promise<MigrationStatus[]> {
  await prepareRoles(admin);
  return ownerTransaction(admin, 'netpilot migrate', async (client) => {
    const stored = await readMigrations(queryOn(client));
    requireTaken(stored);
    const lacking = await findLacking(queryOn(client), stored);
    const applied = migrationNames().filter((name) => !lacking.includes(name));
    const { rows } =
      applied.length === 0
        ? { rows: [] }
        : await client.query<{ name: string; appliedAt: string }>(
            `select name, timestamp as "appliedAt" from kysely_migration order by name`,
          );
    return [...rows, ...lacking.map((name) => ({ name }))];
  });
}

/**
 * Migrates up or down, within a transaction of the owner's, until the database has these migrations: the first ones
 * of the program's. Throws UnavailableError as migrateUp does.
 */
export async function migrateTo(client: ClientBase, wanted: readonly string[]): Promise<void> {
  await lockMigrations(client);
  const stored = await readMigrations(queryOn(client));
  requireTaken(stored);
  if (stored.length === 0) await createRecord(client);
  if (isBeforeBaseline(stored)) await adopt(client);
  const applied = inProgramsNames(stored);
  if (wanted.length > 0) await applyFunctions(client);
  for (const name of wanted.slice(applied.length)) {
    await run(client, name, 'up');
    await record(client, name);
  }
  for (const name of applied.slice(wanted.length).toReversed()) {
    await run(client, name, 'down');
    await client.query('delete from kysely_migration where name = $1', [name]);
  }
  await dropUnneededFunctions(client, wanted.length > 0);
}

/** Waits for those who migrate or restore; held to the end of the transaction. */
export async function lockMigrations(client: ClientBase): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [MIGRATE_LOCK]);
}

/** The service does not start on a database that is behind, so it reads which migrations there are. */
async function createRecord(client: ClientBase): Promise<void> {
  await client.query(
    `create table if not exists kysely_migration (
       name varchar(255) not null primary key, timestamp varchar(255) not null);
     grant select on kysely_migration to ${SERVICE_ROLE}`,
  );
}

/** The schema is that of the baseline already: only its record changes. The second table was Kysely's migrator's. */
async function adopt(client: ClientBase): Promise<void> {
  await client.query('delete from kysely_migration; drop table if exists kysely_migration_lock');
  await record(client, BASELINE);
}

async function record(client: ClientBase, name: string): Promise<void> {
  await client.query('insert into kysely_migration (name, timestamp) values ($1, $2)', [
    name,
    new Date().toISOString(),
  ]);
}

async function run(client: ClientBase, name: string, direction: 'up' | 'down'): Promise<void> {
  const text = readFileSync(join(MIGRATIONS_FOLDER, `${name}.${direction}.sql`), 'utf8');
  await client.query(text).catch((error: Error) => {
    throw new UnavailableError(`Migration ${name} failed, nothing was changed: ${error.message}`, {
      cause: error,
    });
  });
}

function requireTaken(stored: readonly string[]): void {
  const refused = refusalOf(stored);
  if (refused !== undefined) throw schemaError(refused);
}

function queryOn(client: ClientBase): Query {
  return (text) => client.query(text);
}
