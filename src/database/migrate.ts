import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Migration, type MigrationResultSet, Migrator } from 'kysely/migration';
import { UnavailableError } from '../errors.ts';
import { type DatabaseAddress, OWNER_ROLE, SERVICE_ROLE } from '../config/database-address.ts';
import { type Database, openDatabase } from './pool.ts';
import { prepareRoles } from './roles.ts';

const FOLDER = join(import.meta.dirname, 'migrations');

/** One migration as `netpilot migrate status` shows it. `appliedAt` is absent while it is pending. */
export type MigrationStatus = { name: string; appliedAt?: string };

/** Brings the database to the newest version; gives the names of what was applied, oldest first. */
export async function migrateUp(admin: DatabaseAddress): Promise<string[]> {
  await prepareRoles(admin);
  return withMigrator(admin, async (migrator, database) => {
    const applied = report(await migrator.migrateToLatest());
    await letServiceReadMigrations(database);
    return applied;
  });
}

/**
 * Takes back the newest `steps` migrations, with the tables they made and what is in those.
 * Gives their names, newest first.
 */
export function migrateDown(admin: DatabaseAddress, steps: number): Promise<string[]> {
  return withMigrator(admin, async (migrator) => {
    const names: string[] = [];
    for (let step = 0; step < steps; step += 1) names.push(...report(await migrator.migrateDown()));
    return names;
  });
}

/** Migrates up or down, within somebody else's transaction, to where `newest` is the newest migration. */
export async function migrateWithin(transaction: Database, newest: string): Promise<void> {
  report(await createMigrator(transaction).migrateTo(newest));
  await letServiceReadMigrations(transaction);
}

/** Every migration there is, oldest first. */
export async function migrationStatus(admin: DatabaseAddress): Promise<MigrationStatus[]> {
  await prepareRoles(admin);
  return withMigrator(admin, async (migrator) =>
    (await migrator.getMigrations()).map(({ name, executedAt }) => ({
      name,
      ...(executedAt && { appliedAt: executedAt.toISOString() }),
    })),
  );
}

/** The migrations the service's database lacks, by name. Empty when it is up to date. */
export async function pendingMigrations(database: Database): Promise<string[]> {
  const exists = await sql<{
    found: boolean;
  }>`select to_regclass('kysely_migration') is not null as found`.execute(database);
  if (exists.rows[0]?.found !== true) return migrationNames();
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(database);
  const applied = new Set(rows.map(({ name }) => name));
  return migrationNames().filter((name) => !applied.has(name));
}

/** Names of the migrations in the folder, oldest first: `0001_tenancy`. */
export function migrationNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.up.sql'))
    .map((file) => file.slice(0, -'.up.sql'.length))
    .toSorted();
}

/** The service does not start on a database that is behind, so it reads which migrations there are. */
async function letServiceReadMigrations(database: Database): Promise<void> {
  await sql`grant select on kysely_migration to ${sql.id(SERVICE_ROLE)}`.execute(database);
}

/** Kysely's Migrator takes an advisory lock, and runs all in one transaction: all of it, or nothing. */
async function withMigrator<Result>(
  admin: DatabaseAddress,
  work: (migrator: Migrator, database: Database) => Promise<Result>,
): Promise<Result> {
  const { database, close } = openDatabase(admin, {
    role: OWNER_ROLE,
    applicationName: 'netpilot migrate',
    statementTimeoutMs: 0,
  });
  try {
    return await work(createMigrator(database), database);
  } finally {
    await close();
  }
}

function createMigrator(database: Database): Migrator {
  return new Migrator({ db: database, provider: { getMigrations } });
}

function getMigrations(): Promise<Record<string, Migration>> {
  return Promise.resolve(
    Object.fromEntries(migrationNames().map((name) => [name, readMigration(name)])),
  );
}

function readMigration(name: string): Migration {
  const read = (direction: 'up' | 'down') =>
    readFileSync(join(FOLDER, `${name}.${direction}.sql`), 'utf8');
  return {
    up: async (database) => void (await sql.raw(read('up')).execute(database)),
    down: async (database) => void (await sql.raw(read('down')).execute(database)),
  };
}

function report({ error, results = [] }: MigrationResultSet): string[] {
  if (error !== undefined) {
    const failed = results.find(({ status }) => status === 'Error');
    throw new UnavailableError(
      `Migration ${failed?.migrationName ?? ''} failed, nothing was changed: ${error instanceof Error ? error.message : JSON.stringify(error)}`,
      { cause: error },
    );
  }
  return results.map(({ migrationName }) => migrationName);
}
