import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { DatabaseError, type ClientBase, escapeIdentifier } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { UnavailableError } from '../../errors.ts';
import type { DatabaseAddress } from '../../config/database-address.ts';
import { lockMigrations, migrateTo } from '../migrate.ts';
import { ownerTransaction } from '../owner-transaction.ts';
import { prepareRoles } from '../roles.ts';
import { inProgramsNames, migrationNames, refusalOf } from '../schema-version.ts';
import {
  type BackupOptions,
  type BackupSummary,
  type BackupTable,
  type StoredTable,
  refusal,
} from './format.ts';
import { IS_OWN_TABLE, readOwnTables } from './tables.ts';
import { type CheckedBackup, streamTable, withCheckedBackup } from './verify.ts';

/** A table that is in use is tried again after so many milliseconds. */
const LOCK_AGAIN_MS = 20;

export type RestoreOptions = BackupOptions & {
  /** How long to wait for a table that is in use, in milliseconds. */
  lockTimeoutMs?: number;
};

/**
 * Replaces the whole content of a database, empty or not, with that of the backup, and migrates it to
 * this program's version, in one transaction. The file is checked first. Throws InvalidInputError for a
 * file that can't be used, UnavailableError if the database cannot be reached or a table stays in use.
 */
export function restore(
  admin: DatabaseAddress,
  file: string,
  { onProgress, lockTimeoutMs = 10_000 }: RestoreOptions = {},
): Promise<BackupSummary> {
  const options = onProgress ? { onProgress } : {};
  return withCheckedBackup(file, options, async (backup) => {
    requireTaken(backup);
    await prepareRoles(admin);
    try {
      await ownerTransaction(admin, 'netpilot restore', (client) =>
        replace(client, backup, { ...options, lockTimeoutMs }),
      );
    } catch (error) {
      throw explain(error, file);
    }
    return backup.summary;
  });
}

async function replace(
  client: ClientBase,
  backup: CheckedBackup,
  { lockTimeoutMs, ...options }: BackupOptions & { lockTimeoutMs: number },
): Promise<void> {
  await client.query(`set local lock_timeout = ${Math.trunc(lockTimeoutMs)}`);
  await lockMigrations(client);
  await lockEverything(client, lockTimeoutMs);
  await migrateTo(client, inProgramsNames(backup.header.migrations));
  const tables = await readOwnTables(client);
  requireSameTables(backup, tables);

  const names = tables.map(({ name }) => escapeIdentifier(name)).join(', ');
  await client.query(`truncate ${names}`);
  await alterEach(client, tables, 'no force row level security, disable trigger user');
  await load(client, tables, backup, options);
  await alterEach(client, tables, 'force row level security, enable trigger user');
  await client.query(`analyze ${names}`);
  await migrateTo(client, migrationNames());
}

/**
 * From here to the end no other connection reads or writes. It waits for one table only, at whose rows nearly everybody begins or
 * ends, and holds none while it waits: triggers and foreign keys lock tables in every order, so it would be part of deadlocks.
 */
async function lockEverything(client: ClientBase, lockTimeoutMs: number): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where ${IS_OWN_TABLE}
     order by relname <> 'users', relname`,
  );
  const [first, ...others] = rows.map(({ name }) => escapeIdentifier(name));
  const until = performance.now() + lockTimeoutMs;
  await client.query('savepoint unlocked');
  for (;;) {
    try {
      if (first !== undefined) await client.query(`lock table ${first} in access exclusive mode`);
      if (others.length > 0)
        await client.query(`lock table ${others.join(', ')} in access exclusive mode nowait`);
      return;
    } catch (error) {
      const isInUse = error instanceof DatabaseError && IN_USE.has(error.code ?? '');
      if (!isInUse || performance.now() > until) throw error;
      await client.query('rollback to savepoint unlocked');
      await setTimeout(LOCK_AGAIN_MS);
    }
  }
}

/**
 * Only the owner of the tables can do this: COPY refuses a table whose policies apply to the role that
 * copies, and triggers would rewrite updated_at and create policies a second time.
 */
async function alterEach(
  client: ClientBase,
  tables: readonly BackupTable[],
  change: string,
): Promise<void> {
  for (const { name } of tables)
    await client.query(`alter table ${escapeIdentifier(name)} ${change}`);
}

async function load(
  client: ClientBase,
  tables: readonly BackupTable[],
  backup: CheckedBackup,
  { onProgress }: BackupOptions,
): Promise<void> {
  const stored = new Map(backup.stored.map((table) => [table.name, table]));
  let rows = 0;
  for (const table of tables) {
    const source = stored.get(table.name);
    const columns = backup.header.tables.find(({ name }) => name === table.name)?.columns;
    if (source === undefined || columns === undefined) throw new Error(`${table.name} is missing.`);
    await loadTable(client, { name: table.name, columns }, backup, source, (more) => {
      rows += more;
      onProgress?.({ step: 'loading', table: table.name, rows, totalRows: backup.summary.rows });
    });
  }
}

async function loadTable(
  client: ClientBase,
  { name, columns }: BackupTable,
  backup: CheckedBackup,
  source: StoredTable,
  onRows: (rows: number) => void,
): Promise<void> {
  const list = columns.map((column) => escapeIdentifier(column.name)).join(', ');
  const copy = client.query(copyFrom(`copy ${escapeIdentifier(name)} (${list}) from stdin`));
  await streamTable(backup, source, onRows, (rows) => pipeline(rows, copy));
  if (copy.rowCount !== source.rows)
    throw refusal(backup.file, `${copy.rowCount} of the ${source.rows} rows of ${name} arrived.`);
}

function requireTaken({ file, header }: CheckedBackup): void {
  const refused = refusalOf(header.migrations, 'The database in it');
  if (refused !== undefined) throw refusal(file, `${refused.says} To fix it, ${refused.fix}`);
}

/** The order of columns doesn't matter, COPY names them. */
function requireSameTables({ file, header }: CheckedBackup, tables: readonly BackupTable[]): void {
  const [saved, found] = [describeColumns(header.tables), describeColumns(tables)];
  const differing = [
    ...saved.filter((column) => !found.includes(column)),
    ...found.filter((column) => !saved.includes(column)),
  ];
  if (differing.length > 0) {
    throw refusal(
      file,
      `Its tables are not those of this database at the same migrations: ${differing.join(', ')}. Restore it into an empty database.`,
    );
  }
}

function describeColumns(tables: readonly BackupTable[]): string[] {
  return tables.flatMap(({ name, columns }) =>
    columns.map((column) => `${name}.${column.name} ${column.type}`),
  );
}

/** lock_not_available, deadlock_detected (PostgreSQL manual, appendix A) */
const IN_USE = new Set(['55P03', '40P01']);

function explain(error: unknown, file: string): unknown {
  const code = error instanceof DatabaseError ? error.code : undefined;
  if (code !== undefined && IN_USE.has(code)) {
    return new UnavailableError(
      'The database is in use, so nothing was restored: stop `netpilot serve` and other commands, or try again.',
      { cause: error },
    );
  }
  if (error instanceof DatabaseError || isLostConnection(error)) {
    return new UnavailableError(
      `${file} could not be restored, and the database is unchanged: ${error.message}`,
      { cause: error },
    );
  }
  return error;
}

function isLostConnection(error: unknown): error is Error {
  return error instanceof Error && /^Connection terminated|ECONNRESET|EPIPE/.test(error.message);
}
