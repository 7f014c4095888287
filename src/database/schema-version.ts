/** Which schema a database has, by the names of its migrations, and whether this program works with that. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { VERSION } from '../config/version.ts';
import { UnavailableError } from '../errors.ts';
import { type Query, findStaleFunctions } from './functions.ts';
import type { Database } from './pool.ts';

export const MIGRATIONS_FOLDER = join(import.meta.dirname, 'migrations');

/** The baseline has the schema that these migrations came to: a database that has all of them has the baseline. */
export const BASELINE = '0001_baseline';
export const BEFORE_BASELINE = [
  '0001_tenancy',
  '0002_accounts',
  '0003_routers',
  '0004_devices',
  '0005_policy',
  '0006_settings_audit_imports',
  '0007_router_keys',
  '0008_events',
  '0009_device_inventory',
  '0010_desired_state',
  '0011_event_numbers',
  '0012_api_tokens',
  '0013_reconciling',
  '0014_router_dials',
  '0015_inventory_over_time',
];

/** Why this program cannot work with a database as it is. */
export type SchemaProblem = {
  says: string;
  fix: string;
  /** Whether `netpilot migrate up` is the fix. */
  isPending: boolean;
};

/** A database that has not even NetPilot's roles. */
export const UNPREPARED: SchemaProblem = {
  says: 'The database lacks every migration.',
  fix: 'run `netpilot migrate up`.',
  isPending: true,
};

/** The error for a database with that problem. */
export function schemaError({ says, fix }: SchemaProblem): UnavailableError {
  return new UnavailableError(`${says} To fix it, ${fix}`);
}

/** Names of the program's migrations, oldest first: `0001_baseline`. */
export function migrationNames(): string[] {
  return readdirSync(MIGRATIONS_FOLDER)
    .filter((file) => file.endsWith('.up.sql'))
    .map((file) => file.slice(0, -'.up.sql'.length))
    .toSorted();
}

/** What keeps this program from working with a database; undefined if it has exactly the program's schema. */
export async function findSchemaProblem(database: Database): Promise<SchemaProblem | undefined> {
  const query: Query = (text) => sql.raw<never>(text).execute(database);
  const stored = await readMigrations(query);
  const refused = refusalOf(stored);
  if (refused !== undefined) return refused;
  const lacking = await findLacking(query, stored);
  if (lacking.length === 0) return undefined;
  return {
    says: `The database lacks ${lacking.join(', ')}.`,
    fix: 'run `netpilot migrate up`.',
    isPending: true,
  };
}

/** The migrations that a database lacks, and the functions that differ (once it has tables), by name. */
export async function findLacking(query: Query, stored: readonly string[]): Promise<string[]> {
  // Before the baseline `migrate up` has only to record it.
  const applied = isBeforeBaseline(stored) ? [] : stored;
  const functions = applied.length === 0 ? [] : await findStaleFunctions(query);
  return [
    ...migrationNames().slice(applied.length),
    ...functions.map((name) => `function ${name}`),
  ];
}

/** Names of the migrations that a database has, as they are stored, oldest first; empty if it has none. */
export async function readMigrations(query: Query): Promise<string[]> {
  const { rows } = await query<{ found: boolean }>(
    `select to_regclass('public.kysely_migration') is not null as found`,
  );
  if (rows[0]?.found !== true) return [];
  const stored = await query<{ name: string }>('select name from kysely_migration order by name');
  return stored.rows.map(({ name }) => name);
}

/** What this program calls the schema that these migrations made. */
export function inProgramsNames(stored: readonly string[]): readonly string[] {
  return isBeforeBaseline(stored) ? [BASELINE] : stored;
}

/** Whether these are all migrations of before the baseline, and no other. */
export function isBeforeBaseline(stored: readonly string[]): boolean {
  return stored.join() === BEFORE_BASELINE.join();
}

/**
 * Why this program refuses a database or a backup with these migrations; undefined if it takes it.
 * @param what what has the migrations, as the sentence begins
 */
export function refusalOf(
  stored: readonly string[],
  what = 'The database',
): SchemaProblem | undefined {
  const known = migrationNames();
  const unknown = inProgramsNames(stored).filter((name, index) => name !== known[index]);
  if (unknown.length === 0) return undefined;
  if (unknown.every((name) => BEFORE_BASELINE.includes(name))) {
    const oldest = BEFORE_BASELINE.at(-1);
    return {
      says: `${what} is too old for this NetPilot (${VERSION}): its newest migration is ${unknown.at(-1)}, and ${oldest} is the oldest that ${BASELINE} can take over.`,
      // Of some commits between the two no program can migrate the folder: their migrations came in another order.
      fix: `migrate it with a NetPilot that has ${oldest} first, or export each user with the NetPilot that made it (\`netpilot export\`) and import that.`,
      isPending: false,
    };
  }
  return {
    says: `${what} is of a newer NetPilot: this one (${VERSION}) does not know ${unknown.join(', ')}.`,
    fix: 'use the NetPilot that made it, or a newer one.',
    isPending: false,
  };
}
