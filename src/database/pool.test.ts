import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { createDataFolders } from '../../testing/embedded.ts';
import { startExternalServer } from '../../testing/external.ts';
import { UnavailableError } from '../errors.ts';
import { type DatabaseAddress, SERVICE_ROLE } from '../config/database-address.ts';
import { patiently } from './lane.ts';
import { migrateUp } from './migrate.ts';
import { type OpenDatabase, type PoolOptions, openDatabase } from './pool.ts';
import { PREPARED } from './prepared.ts';
import { prepareEmbeddedDatabase, withClient } from './roles.ts';
import { tenantTransaction } from './transaction.ts';

const { addresses } = await createTestDatabase();
const external = await startExternalServer();
const operator = await external.createLogin('operator', 'createrole');
await migrateUp(operator);
const folders = await createDataFolders();

/** Opens a pool as the service does; closed after the test. */
function open(
  address: DatabaseAddress = addresses.service,
  options: Partial<PoolOptions> = {},
): OpenDatabase {
  const opened = openDatabase(address, { role: SERVICE_ROLE, ...options });
  onTestFinished(opened.close);
  return opened;
}

describe.each([
  ['the embedded server', addresses.service],
  ["an operator's server", operator],
])('every connection to %s', (_place, address) => {
  test('works as the service, in UTC, and ends what hangs', async () => {
    const { pool } = open(address);
    const { rows } = await pool.query<object>(
      `select current_user::text as role, name, setting from pg_settings
       where name in ('TimeZone', 'default_transaction_isolation', 'enable_seqscan', 'statement_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout')
       order by lower(name)`,
    );
    const role = SERVICE_ROLE;
    expect(rows).toEqual([
      { role, name: 'default_transaction_isolation', setting: 'read committed' },
      { role, name: 'enable_seqscan', setting: 'off' },
      { role, name: 'idle_in_transaction_session_timeout', setting: '10000' },
      { role, name: 'lock_timeout', setting: '10000' },
      { role, name: 'statement_timeout', setting: '30000' },
      { role, name: 'TimeZone', setting: 'UTC' },
    ]);
  });

  test('ends a statement that takes too long', async () => {
    const { database } = open(address, { statementTimeoutMs: 1_000 });
    await expect(sql`select pg_sleep(60)`.execute(database)).rejects.toThrow('statement timeout');
    expect((await sql`select 1 as one`.execute(database)).rows).toEqual([{ one: 1 }]);
  });

  test('loses a transaction that does nothing for too long, and nothing else', async () => {
    const { database } = open(address);
    const work = tenantTransaction(database, crypto.randomUUID(), async (transaction) => {
      await sql`set local idle_in_transaction_session_timeout = 1000`.execute(transaction);
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(
        transaction,
      );
      await untilGone(address, rows[0]?.pid);
      await sql`select 1`.execute(transaction);
    });
    await expect(work).rejects.toThrow(/terminat|closed|not queryable/);
    expect((await sql`select 1 as one`.execute(database)).rows).toEqual([{ one: 1 }]);
  });
});

describe('the pool', () => {
  test('keeps ten connections, makes thirty at most, and lets nobody wait for ever', async () => {
    const { pool, database } = open();
    const held = await Promise.all(Array.from({ length: 30 }, () => pool.connect()));
    expect(pool.totalCount).toBe(30);
    const error: unknown = await sql`select 1`.execute(database).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toHaveProperty('message', 'All 30 connections to the database are in use.');

    const waiting = sql`select 1 as one`.execute(database);
    for (const client of held) client.release();
    expect((await waiting).rows).toEqual([{ one: 1 }]);
    expect(pool.options).toMatchObject({ min: 10, max: 30, idleTimeoutMillis: 30_000 });
  });

  test('gives one user four connections at once, and others theirs at the same time', async () => {
    const { pool, database } = open();
    const [greedy, other] = [crypto.randomUUID(), crypto.randomUUID()];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const all = Array.from({ length: 60 }, () =>
      tenantTransaction(database, greedy, async () => held),
    );
    const answer = await tenantTransaction(database, other, (transaction) =>
      sql`select 1 as one`.execute(transaction),
    );
    expect(answer.rows).toEqual([{ one: 1 }]);
    expect(pool.totalCount - pool.idleCount).toBe(4);
    release();
    await Promise.all(all);
  });

  test('refuses what one user asks for beyond a short queue, and never what must not be lost', async () => {
    const { database } = open();
    const user = crypto.randomUUID();
    const work = () =>
      tenantTransaction(database, user, (transaction) =>
        sql`select pg_sleep(0.01)`.execute(transaction),
      );
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 150 }, work),
      ...Array.from({ length: 50 }, () => patiently(work)),
    ]);
    const refused = outcomes.flatMap((one, index) => (one.status === 'rejected' ? [index] : []));
    expect(refused).toEqual(Array.from({ length: 46 }, (_, index) => 104 + index));
  });

  test('waits if the server has fewer connections than it may make', async () => {
    const limited = await external.createLogin('limited', 'connection limit 7');
    await withClient(operator, (client) =>
      client.query(`grant ${SERVICE_ROLE} to "${limited.user}"`),
    );
    const { database } = open({ ...limited, database: operator.database });
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        tenantTransaction(database, crypto.randomUUID(), (transaction) =>
          sql`select 1 as one`.execute(transaction),
        ),
      ),
    );
    for (const { rows } of answers) expect(rows).toEqual([{ one: 1 }]);
  });

  test('gives out no connection that the server has closed', async () => {
    const folder = await folders.join(folders.filled('restarted'));
    await prepareEmbeddedDatabase(folder.addresses);
    const lost: Error[] = [];
    const { pool, database } = open(folder.addresses.service, {
      onConnectionLost: (error) => lost.push(error),
    });
    const held = await Promise.all(Array.from({ length: 10 }, () => pool.connect()));
    for (const client of held) client.release();
    await withClient(folder.addresses.admin, (client) =>
      client.query(
        `select pg_terminate_backend(pid, 10000) from pg_stat_activity where application_name = 'netpilot' and pid <> pg_backend_pid()`,
      ),
    );
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => sql`select 1 as one`.execute(database)),
    );
    for (const { rows } of answers) expect(rows).toEqual([{ one: 1 }]);
    expect(lost.length).toBeGreaterThan(0);
  });

  test('checks a connection that has rested, and takes another where it is dead', async () => {
    const { pool, database } = open();
    const client = await pool.connect();
    // Dead without a word: nothing comes back any more.
    Object.assign(client, { query: () => Promise.reject(new Error('no answer')) });
    client.release();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect((await sql`select 1 as one`.execute(database)).rows).toEqual([{ one: 1 }]);
  });

  test('says so where there is no database', async () => {
    const { database } = open({ ...addresses.service, port: 1 });
    await expect(sql`select 1`.execute(database)).rejects.toThrow(
      /^The database cannot be reached: connect ENOENT/,
    );
  });

  test('outlives a connection that dies while it is in use', async () => {
    const { database } = open();
    const user = await createUser(database);
    const work = tenantTransaction(database, user, async (transaction) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(
        transaction,
      );
      await withClient(addresses.admin, (client) =>
        client.query('select pg_terminate_backend($1, 10000)', [rows[0]?.pid]),
      );
      await untilGone(addresses.service, rows[0]?.pid);
      await transaction.updateTable('users').set({ full_name: 'lost' }).execute();
    });
    await expect(work).rejects.toThrow(/terminat|closed|not queryable/);
    const seen = await tenantTransaction(database, user, (transaction) =>
      transaction.selectFrom('users').select('full_name').execute(),
    );
    expect(seen).toEqual([{ full_name: null }]);
  });

  test('lets a connection plan once what is marked for it, and only that', async () => {
    const { pool, database } = open();
    const marked = sql<{ n: number }>`${PREPARED} select ${7}::int as n`;
    for (let time = 0; time < 3; time += 1)
      expect((await marked.execute(database)).rows).toEqual([{ n: 7 }]);
    await sql`select ${8}::int`.execute(database);
    const { rows } = await pool.query<{ statement: string }>(
      'select statement from pg_prepared_statements',
    );
    expect(rows.map(({ statement }) => statement)).toEqual(['/* prepared */  select $1::int as n']);
  });
});

/** Waits until the server has ended a connection. */
async function untilGone(address: DatabaseAddress, pid: number | undefined): Promise<void> {
  await withClient(address, async (client) => {
    const isThere = () => client.query('select from pg_stat_activity where pid = $1', [pid]);
    while ((await isThere()).rows.length > 0) await delay(20);
  });
}
