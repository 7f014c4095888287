import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import { type ClientBase, escapeIdentifier } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { VERSION } from '../../config/version.ts';
import { InvalidInputError, UnavailableError } from '../../errors.ts';
import { type WholeFileOptions, writeWholeFile } from '../../whole-file.ts';
import { type DatabaseAddress, OWNER_ROLE } from '../../config/database-address.ts';
import { connect, openDatabase } from '../pool.ts';
import { readMigrations } from '../schema-version.ts';
import {
  type BackupOptions,
  type BackupSummary,
  type BackupTable,
  FORMAT_VERSION,
  type Header,
  type StoredTable,
  type Trailer,
  lastLineStart,
  summarise,
} from './format.ts';
import { createMeter } from './meter.ts';
import { IS_OWN_TABLE, readOwnTables } from './tables.ts';

/**
 * Writes a consistent copy of the whole database to `file`, while the service runs. The file appears
 * complete or not at all, readable by its owner only. Throws InvalidInputError if `file` exists
 * (unless `overwrite`) or can't be written, UnavailableError if the database or the disk fails.
 */
export function backup(
  admin: DatabaseAddress,
  file: string,
  { onProgress, ...options }: BackupOptions & WholeFileOptions = {},
): Promise<BackupSummary> {
  return writeWholeFile(file, options, async (handle) => {
    const writer = createWriter(handle);
    const { header, stored } = await withSnapshot(admin, (client, tables) =>
      writeBackup(client, tables, writer, onProgress),
    );
    return summarise(file, header, stored, writer.written());
  });
}

async function writeBackup(
  client: ClientBase,
  tables: readonly BackupTable[],
  writer: Writer,
  onProgress: BackupOptions['onProgress'],
): Promise<{ header: Header; stored: StoredTable[] }> {
  const header = await readHeader(client, tables);
  await writer.write(`NETPILOT-BACKUP ${FORMAT_VERSION}\n${JSON.stringify(header)}\n`);

  const totalRows = await estimateRows(client);
  const stored: StoredTable[] = [];
  let rows = 0;
  for (const table of tables) {
    const onRows = (more: number) => {
      rows += more;
      onProgress?.({
        step: 'saving',
        table: table.name,
        rows,
        totalRows: Math.max(rows, totalRows),
      });
    };
    stored.push(await writeTable(client, table, writer, onRows));
  }
  const trailer: Trailer = { tables: stored };
  const line = `${JSON.stringify(trailer)}\n`;
  await writer.write(line + lastLineStart(line));
  await writer.write(`${writer.digest()}\n`);
  return { header, stored };
}

async function writeTable(
  client: ClientBase,
  { name, columns }: BackupTable,
  writer: Writer,
  onRows: (rows: number) => void,
): Promise<StoredTable> {
  const offset = writer.written().bytes;
  const list = columns.map((column) => escapeIdentifier(column.name)).join(', ');
  const meter = createMeter(onRows);
  await pipeline(
    client.query(copyTo(`copy (select ${list} from ${escapeIdentifier(name)}) to stdout`)),
    (source) => meter.through(source),
    createZstdCompress(),
    async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) await writer.write(chunk);
    },
  );
  return { name, offset, length: writer.written().bytes - offset, ...meter.result() };
}

/** Runs `work` in a read-only snapshot of all tenants' rows. */
async function withSnapshot<Result>(
  admin: DatabaseAddress,
  work: (client: ClientBase, tables: BackupTable[]) => Promise<Result>,
): Promise<Result> {
  const { pool, close } = openDatabase(admin, {
    role: OWNER_ROLE,
    applicationName: 'netpilot backup',
    statementTimeoutMs: 0,
  });
  try {
    const client = await connect(pool);
    try {
      const expected = await readOwnTables(client);
      const names = expected.map(({ name }) => escapeIdentifier(name));
      if (names.length === 0) throw neverMigrated(admin);
      await client.query('begin isolation level repeatable read read only');
      // Locking takes no snapshot yet: the tables that the next statement sees can't be dropped any more.
      await client.query(`lock table ${names.join(', ')} in access share mode`);
      await client.query(`select set_config('netpilot.maintenance', 'on', true)`);
      const tables = await readOwnTables(client);
      if (JSON.stringify(tables) !== JSON.stringify(expected))
        throw new UnavailableError(
          'The database is being migrated: take the backup again afterwards.',
        );
      await requireSightOfAllRows(client);
      return await work(client, tables);
    } finally {
      client.release(true);
    }
  } finally {
    await close();
  }
}

/**
 * Row-level security leaves out rows without an error. A table whose policies don't show every row to
 * the owner's maintenance would be saved without them.
 */
async function requireSightOfAllRows(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where ${IS_OWN_TABLE} and relforcerowsecurity
       and not exists (
         select from pg_policies
         where schemaname = 'public' and tablename = relname and current_user = any (roles)
           and permissive = 'PERMISSIVE' and cmd in ('ALL', 'SELECT') and qual like '%maintenance_is_on()%')
     order by relname`,
  );
  if (rows.length > 0) {
    throw new UnavailableError(
      `Not every row can be read, so no backup was made: there is no maintenance policy on ${rows.map(({ name }) => name).join(', ')}.`,
    );
  }
}

async function readHeader(client: ClientBase, tables: readonly BackupTable[]): Promise<Header> {
  const { rows } = await client.query<{ takenAt: string; postgresVersion: string }>(
    `select to_char(transaction_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "takenAt",
            current_setting('server_version') as "postgresVersion"`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('A select without a table gives one row.');
  return {
    netpilotVersion: VERSION,
    ...row,
    migrations: await readMigrations((text) => client.query(text)),
    tables: [...tables],
  };
}

/** By the statistics: good enough for a progress bar. */
async function estimateRows(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ estimate: number }>(
    `select coalesce(sum(greatest(reltuples, 0)), 0)::float8 as estimate from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r' and relowner = current_user::regrole`,
  );
  return Math.round(rows[0]?.estimate ?? 0);
}

type Writer = {
  write: (data: string | Buffer) => Promise<void>;
  /** SHA-256, in hexadecimal, of everything written so far. */
  digest: () => string;
  written: () => { bytes: number; sha256: string };
};

function createWriter(handle: FileHandle): Writer {
  const hash = createHash('sha256');
  let bytes = 0;
  const digest = () => hash.copy().digest('hex');
  return {
    write: async (data) => {
      const buffer = Buffer.from(data);
      hash.update(buffer);
      bytes += buffer.length;
      await handle.writeFile(buffer);
    },
    digest,
    written: () => ({ bytes, sha256: digest() }),
  };
}

function neverMigrated({ database }: DatabaseAddress): InvalidInputError {
  return new InvalidInputError(
    [{ field: 'DB_NAME', value: database, expected: 'a database that NetPilot uses' }],
    `${database} holds no tables of NetPilot: there is nothing to back up.`,
  );
}
