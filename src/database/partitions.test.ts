/** The tables that are partitioned: which partitions there are, what is in them, who sees it, and what queries read of them. */
import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { OWNER_ROLE, SERVICE_ROLE } from '../config/database-address.ts';
import { deleteExpired, keepPartitions } from './expiry.ts';
import { migrateDown, migrateTo, migrateUp } from './migrate.ts';
import { ownerTransaction } from './owner-transaction.ts';
import type { Database } from './pool.ts';
import { withClient } from './roles.ts';
import { migrationNames } from './schema-version.ts';
import { maintenanceTransaction, tenantTransaction } from './transaction.ts';

const TABLES = ['audit_entries', 'events'] as const;
const DAY_MS = 86_400_000;
const MIGRATION = '0039_partitions';

/** `20261127`, so many days from now. */
const day = (from = 0) =>
  new Date(Date.now() + from * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
const year = (from = 0) => new Date().getUTCFullYear() + from;

/** An id as uuid_v7() gives it, so many days from now. */
const idOf = (days: number) => {
  const at = Math.max(0, Date.now() + days * DAY_MS);
  return sql<string>`overlay(uuid_v7()::text placing substring(first_id_at(to_timestamp(${at / 1000}::float8))::text for 13) from 1 for 13)::uuid`;
};

/** A database that has been in use for more than two days: the table from before the migration is gone. */
async function createOlderDatabase() {
  const database = await createTestDatabase();
  await run(database.owner, sql`drop table events_before`);
  await keepPartitions(database.service);
  return database;
}

async function run<Row>(owner: Database, statement: RawBuilder<Row>): Promise<Row[]> {
  const { rows } = await maintenanceTransaction(owner, (transaction) =>
    statement.execute(transaction),
  );
  return rows;
}

async function namesOf(owner: Database): Promise<string[]> {
  const rows = await run(
    owner,
    sql<{ name: string }>`
      select p.partition::text as name from unnest(${[...TABLES]}::text[]) t, partitions_of(t::regclass) p order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** Writes an event of each of these ids in one transaction of the user's; gives the partition and the number of each. */
async function writeEvents(service: Database, userId: string, ids: RawBuilder<string>[]) {
  await tenantTransaction(service, userId, async (transaction) => {
    for (const id of ids)
      await sql`insert into events (user_id, id, type) values (${userId}, ${id}, 'device.online')`.execute(
        transaction,
      );
  });
  return eventsOf(service, userId);
}

async function eventsOf(service: Database, userId: string) {
  const { rows } = await tenantTransaction(service, userId, (transaction) =>
    sql<{ partition: string; number: number }>`
      select tableoid::regclass::text as partition, number from events order by number`.execute(
      transaction,
    ),
  );
  return rows;
}

describe('partitions', async () => {
  const { owner, service } = await createOlderDatabase();

  test('are there for today and two days, for this year and the next, and for whatever fits in none', async () => {
    expect(await namesOf(owner)).toEqual(
      [
        'audit_entries_before',
        `audit_entries_${year(1)}`,
        'audit_entries_default',
        ...[0, 1, 2].map((days) => `events_${day(days)}`),
        'events_default',
      ].toSorted(),
    );
  });

  test('are made and dropped by the service, which can do neither itself', async () => {
    const mine = await createUser(service);
    for (const statement of [
      sql`drop table ${sql.table(`events_${day()}`)}`,
      sql`create table more partition of events for values from (minvalue) to ('00000000-0000-7000-8000-000000000000')`,
      sql`alter table events detach partition events_default`,
      sql`truncate events_default`,
      sql`select add_partition('events', 'more', first_id_at(now() + interval '9 days'), first_id_at(now() + interval '10 days'))`,
      sql`select isolate_partition('events', 'events_default')`,
    ])
      await expect(
        tenantTransaction(service, mine, (transaction) => statement.execute(transaction)),
      ).rejects.toThrow(/permission denied|must be owner/);
  });

  test('are dropped as a whole once everything in them is older than a day, and not before', async () => {
    for (const days of [-3, -2])
      await run(
        owner,
        sql`select add_partition('events', ${`events_${day(days)}`}, first_id_at(date_trunc('day', now() + ${days}::int * interval '1 day', 'UTC')),
              first_id_at(date_trunc('day', now() + ${days + 1}::int * interval '1 day', 'UTC')))`,
      );
    const ann = await createUser(service);
    await writeEvents(service, ann, [idOf(-3), idOf(-2), idOf(0)]);
    const { rows } = await sql<{ done: string }>`select keep_partitions() as done`.execute(service);
    expect(rows).toEqual([{ done: `events_${day(-3)}` }]);
    await keepPartitions(service);
    await deleteExpired(service);
    const kept = (await namesOf(owner)).filter((name) => name.startsWith('events'));
    expect(kept.toSorted().at(0)).toBe(`events_${day()}`);
    expect(await eventsOf(service, ann)).toEqual([{ partition: `events_${day()}`, number: 3 }]);
  });

  test('that are missing lose nothing: the default one has what is older or later than all, until it expires or its day has come', async () => {
    const ann = await createUser(service);
    const wanted = [
      { partition: 'events_default', number: 1 },
      { partition: `events_${day()}`, number: 2 },
      { partition: 'events_default', number: 3 },
    ];
    expect(await writeEvents(service, ann, [idOf(-400), idOf(0), idOf(400)])).toEqual(wanted);
    await deleteExpired(service);
    expect(await eventsOf(service, ann)).toEqual(wanted.slice(1));
  });

  test('take what a clock that was ahead has left in the default one, when they are made', async () => {
    const ann = await createUser(service);
    await run(owner, sql`drop table ${sql.table(`events_${day(2)}`)}`);
    expect(await writeEvents(service, ann, [idOf(2)])).toEqual([
      { partition: 'events_default', number: 1 },
    ]);
    await keepPartitions(service);
    expect(await eventsOf(service, ann)).toEqual([{ partition: `events_${day(2)}`, number: 1 }]);
  });

  test('of several days share one count: numbers have no gaps, whatever partition they are in', async () => {
    const ann = await createUser(service);
    const written = await writeEvents(service, ann, [idOf(2), idOf(0), idOf(-9), idOf(1), idOf(0)]);
    expect(written.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(written.map(({ partition }) => partition)).size).toBe(4);
    const later = await writeEvents(service, ann, [idOf(0), idOf(-9), idOf(0), idOf(2)]);
    expect(later.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('wait for nobody: who uses a table for long is not disturbed, and others do not queue up behind', async () => {
    const ann = await createUser(service);
    const missing = `events_${day(2)}`;
    await run(owner, sql`drop table ${sql.table(missing)}`);
    await maintenanceTransaction(owner, async (transaction) => {
      await sql`select count(*) from events`.execute(transaction);
      await keepPartitions(service);
      expect(await writeEvents(service, ann, [idOf(2)])).toEqual([
        { partition: 'events_default', number: 1 },
      ]);
    });
    expect(await namesOf(owner)).not.toContain(missing);
    await keepPartitions(service);
    expect(await eventsOf(service, ann)).toEqual([{ partition: missing, number: 1 }]);
  });

  test('are made once, by however many processes', async () => {
    for (const days of [0, 1, 2])
      await run(owner, sql`drop table ${sql.table(`events_${day(days)}`)}`);
    await Promise.all([1, 2, 3, 4].map(() => keepPartitions(service)));
    await keepPartitions(service);
    expect(await namesOf(owner)).toEqual(
      expect.arrayContaining([0, 1, 2].map((days) => `events_${day(days)}`)),
    );
  });
});

describe('a partition that is read directly', async () => {
  const untilNextYear = (Date.UTC(year(1), 6, 1) - Date.now()) / DAY_MS;
  const { addresses, owner, service } = await createOlderDatabase();
  const ann = await createUser(service);
  const bob = await createUser(service);
  for (const userId of [ann, bob]) {
    await writeEvents(service, userId, [idOf(-9), idOf(0), idOf(1), idOf(2)]);
    for (const id of [idOf(0), idOf(untilNextYear), idOf(9_999)])
      await tenantTransaction(service, userId, (transaction) =>
        sql`insert into audit_entries (user_id, id, actor, action) values (${userId}, ${id}, 'system', 'user.created')`.execute(
          transaction,
        ),
      );
  }
  const names = await namesOf(owner);

  test.each(names)('%s shows each user their own rows, and nobody else any', async (name) => {
    const rows = await run(owner, sql<{ user_id: string }>`select user_id from ${sql.table(name)}`);
    expect(new Set(rows.map(({ user_id }) => user_id))).toEqual(new Set([ann, bob]));
    const seenBy = (userId: string, homeId?: string) =>
      tenantTransaction(
        service,
        { userId, ...(homeId !== undefined && { homeId }) },
        async (transaction) => {
          const { rows: seen } = await sql<{
            user_id: string;
          }>`select distinct user_id from ${sql.table(name)}`.execute(transaction);
          return seen.map(({ user_id }) => user_id);
        },
      );
    expect(await seenBy(ann)).toEqual([ann]);
    expect(await seenBy(bob)).toEqual([bob]);
    expect(await seenBy(randomUUID())).toEqual([]);
    // They are of no home.
    expect(await seenBy(ann, randomUUID())).toEqual([]);
    for (const role of [SERVICE_ROLE, OWNER_ROLE])
      await withClient(addresses.admin, async (client) => {
        await client.query(`set role ${role}`);
        expect((await client.query(`select * from ${name}`)).rows).toEqual([]);
      });
  });

  test.each(names)('%s cannot be written', async (name) => {
    for (const statement of [
      sql`insert into ${sql.table(name)} select * from ${sql.table(name)}`,
      sql`update ${sql.table(name)} set user_id = user_id`,
      sql`delete from ${sql.table(name)}`,
    ])
      await expect(
        tenantTransaction(service, ann, (transaction) => statement.execute(transaction)),
      ).rejects.toThrow('permission denied');
  });
});

describe('the migration', async () => {
  const { addresses, owner, service } = await createTestDatabase();
  const { admin } = addresses;
  const before = migrationNames().slice(0, migrationNames().indexOf(MIGRATION));
  const userId = await createUser(service);
  const content = () =>
    run(
      owner,
      sql<{ row: string }>`
        select e::text as row from events e union all select a::text from audit_entries a order by 1`,
    );

  test('keeps every row up and down, those of a clock that was wrong too, and those of its own transaction', async () => {
    for (const days of [-9_000, -1, 0, 400])
      await tenantTransaction(service, userId, (transaction) =>
        sql`insert into audit_entries (user_id, id, actor, action) values (${userId}, ${idOf(days)}, 'system', 'user.created')`.execute(
          transaction,
        ),
      );
    await writeEvents(service, userId, [idOf(-9_000), idOf(-1), idOf(0), idOf(400)]);
    const rows = await content();
    expect(rows).toHaveLength(12);

    await migrateDown(admin, migrationNames().length - before.length);
    expect(await content()).toEqual(rows);
    // As a migration that changes policies does.
    await ownerTransaction(admin, 'test', async (client) => {
      await client.query(`select set_config('netpilot.maintenance', 'on', true)`);
      await client.query(
        `insert into events (user_id, type) values ('${userId}', 'device.online')`,
      );
      await migrateTo(client, migrationNames());
    });
    const after = await content();
    expect(after).toEqual(expect.arrayContaining(rows));
    expect(after).toHaveLength(rows.length + 1);
    const events = await eventsOf(service, userId);
    expect(events.at(-1)).toEqual({ partition: 'events_before', number: 9 });
    expect(events.filter(({ partition }) => partition === 'events_default')).toHaveLength(1);

    await migrateDown(admin, migrationNames().length - before.length);
    expect(await content()).toEqual(after);
    await migrateUp(admin);
    expect(await content()).toEqual(after);
  });
});
