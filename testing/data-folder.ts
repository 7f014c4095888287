import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { DatabaseAddress } from '../src/config/database-address.ts';
import type { Database } from '../src/database/pool.ts';
import { tenantTransaction } from '../src/database/transaction.ts';
import { EXPORTED_TABLES } from '../src/transfer/export-tables.ts';
import { importFolder, type ImportOptions } from '../src/transfer/import.ts';
import type { ImportReport } from '../src/transfer/report.ts';

/** Real folders of the old program, with names and hardware addresses replaced; see FORMAT.md beside them. */
export const LEGACY_DATA = join(import.meta.dirname, 'legacy-data');

/** The content of a folder's files, by name. */
export type Files = Record<string, string | Buffer>;

/** Runs `work` with a folder that holds these files, gone afterwards. */
export async function withFolder<Result>(
  files: Files,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'netpilot-data-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(folder, name), content);
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Imports these files for a user, to the router `home` unless the test says otherwise. */
export function importFiles(
  address: DatabaseAddress,
  userId: string,
  files: Files,
  options: Partial<ImportOptions> = {},
): Promise<ImportReport> {
  return withFolder(files, (source) =>
    importFolder(address, {
      source,
      actor: { userId, kind: 'operator' },
      routerId: 'home',
      ...options,
    }),
  );
}

/** A devices.json of these records, under "1", "2", … */
export function devicesFile(...records: object[]): Files {
  return { 'devices.json': tablesFile({ devices: records }) };
}

/** A file of tables, records under "1", "2", … */
export function tablesFile(tables: Record<string, object[]>): string {
  const numbered = (records: object[]) =>
    Object.fromEntries(records.map((record, index) => [String(index + 1), record]));
  return JSON.stringify(
    Object.fromEntries(Object.entries(tables).map(([name, records]) => [name, numbered(records)])),
  );
}

/** Rows of a query, as the user sees them. */
export function rowsOf(database: Database, userId: string, query: string): Promise<object[]> {
  return tenantTransaction(
    database,
    userId,
    async (transaction) => (await sql<object>`${sql.raw(query)}`.execute(transaction)).rows,
  );
}

/**
 * Every row of the user's in every table that an export holds, as JSON.
 * @param versions with the number of the transaction that wrote it: the same text is the same write
 * @param taken only the columns that an import takes
 */
export async function snapshot(
  database: Database,
  userId: string,
  { versions = false, taken = false } = {},
): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const { name, key, columns } of EXPORTED_TABLES) {
    const version = versions ? `|| jsonb_build_object('xmin', t.xmin::text)` : '';
    const table = taken
      ? `(select ${['user_id', ...key, ...columns].join(', ')} from ${name} u)`
      : name;
    // An untouched first home gives way to the homes that an import restores.
    const used =
      name === 'homes'
        ? `where t.name <> 'Home' or exists (
             select from user_routers r where r.user_id = t.user_id and r.home_id = t.id)`
        : '';
    const rows = await rowsOf(
      database,
      userId,
      `select (to_jsonb(t) ${version})::text as row from ${table} t ${used} order by ${key.join(', ')}`,
    );
    tables[name] = rows.map((row) => String(Object.values(row)[0]));
  }
  return tables;
}
