/** How much is read of the partitioned tables: neither grows with the days and years that there are. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import {
  type TenantTransaction,
  maintenanceTransaction,
  tenantTransaction,
} from '../database/transaction.ts';
import { keepPartitions } from '../database/expiry.ts';
import { listEntries } from './audit-routes.ts';
import { readEvents } from './queries.ts';
import { recordAudit } from './record-audit.ts';

const YEARS = 6;
const EACH = 300;
const LIMIT = 20;

const { owner, service } = await createTestDatabase();
const userId = await createUser(service);
const sender = {
  kind: 'user',
  userId,
  actorId: userId,
  role: 'owner',
  personId: undefined,
  ownerName: undefined,
} as const;
await fill();

/** As after six years: entries of each, and events of each day that is kept. */
async function fill(): Promise<void> {
  await maintenanceTransaction(owner, async (transaction) => {
    await sql`drop table events_before`.execute(transaction);
    await sql`drop table audit_entries_before`.execute(transaction);
    await sql`
      select add_partition('audit_entries', 'audit_entries_' || y, first_id_at(make_timestamptz(y, 1, 1, 0, 0, 0, 'UTC')),
        first_id_at(make_timestamptz(y + 1, 1, 1, 0, 0, 0, 'UTC')))
      from generate_series(extract(year from now() at time zone 'UTC')::int - ${YEARS - 1}::int, extract(year from now() at time zone 'UTC')::int) y`.execute(
      transaction,
    );
  });
  await keepPartitions(service);
  await tenantTransaction(service, userId, async (transaction) => {
    await sql`
      insert into audit_entries (user_id, id, actor, action, at)
      select ${userId}, (left(first_id_at(made.at)::text, 14) || substring(uuid_v7()::text from 15))::uuid, 'user', 'device.changed', made.at
      from generate_series(1, ${YEARS * EACH}::int) n
      cross join lateral (select now() - interval '2 hours' - (n % ${YEARS}::int) * interval '1 year' as at) made`.execute(
      transaction,
    );
    await sql`
      insert into events (user_id, id, type)
      select ${userId}, (left(first_id_at(now() + (n % 3) * interval '1 day')::text, 14) || substring(uuid_v7()::text from 15))::uuid, 'device.online'
      from generate_series(1, ${3 * EACH}::int) n`.execute(transaction);
  });
  await maintenanceTransaction(owner, (transaction) =>
    sql`analyze audit_entries, events`.execute(transaction),
  );
}

/** Rows that `work` reads of each partition that it looks at; transactions before it count, on the same connection. */
async function readBy(work: (transaction: TenantTransaction) => Promise<unknown>) {
  return tenantTransaction(service, userId, async (transaction) => {
    const before = await counted(transaction);
    await work(transaction);
    const after = await counted(transaction);
    const read = new Map<string, number>();
    for (const [name, { scans, rows }] of after) {
      const was = before.get(name) ?? { scans: 0, rows: 0 };
      if (scans > was.scans) read.set(name, rows - was.rows);
    }
    return read;
  });
}

async function counted(transaction: TenantTransaction) {
  const { rows } = await sql<{ name: string; scans: number; rows: number }>`
    select relname as name, seq_scan + coalesce(idx_scan, 0) as scans, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
    from pg_stat_xact_user_tables where relname like 'events%' or relname like 'audit_entries%'`.execute(
    transaction,
  );
  return new Map(rows.map(({ name, ...counts }) => [name, counts]));
}

const sum = (read: Map<string, number>) => [...read.values()].reduce((all, rows) => all + rows, 0);

const page = (after?: { value: string; id: string }) =>
  readBy(async (transaction) => {
    const rows = await listEntries(transaction, sender, { limit: LIMIT }, after);
    expect(rows).toHaveLength(LIMIT + 1);
  });

test('a page of the audit reads what it shows, and one more of each partition', async () => {
  expect(sum(await page())).toBeLessThanOrEqual(LIMIT + 1 + YEARS);
});

test('a later page does so too, and looks at no partition of later years', async () => {
  const year = new Date().getUTCFullYear() - 2;
  const { rows } = await tenantTransaction(service, userId, (transaction) =>
    sql<{ id: string }>`
      select id from ${sql.table(`audit_entries_${year}`)} order by id desc offset 9 limit 1`.execute(
      transaction,
    ),
  );
  const read = await page({ value: 'true', id: rows[0]?.id ?? '' });
  expect(sum(read)).toBeLessThanOrEqual(LIMIT + 1 + YEARS);
  const years = [...read.keys()].filter((name) => /\d$/.test(name));
  expect(years).toContain(`audit_entries_${year}`);
  expect(years.toSorted().at(-1)).toBe(`audit_entries_${year}`);
});

test('a new entry looks at the changes of this hour, in one partition', async () => {
  const read = await readBy((transaction) =>
    recordAudit(transaction, sender, 'device.changed', {}),
  );
  expect([...read]).toEqual([[`audit_entries_${new Date().getUTCFullYear()}`, 0]]);
});

test('the events after a position are read by their numbers', async () => {
  const reader = { actorId: userId, homeId: undefined, sessionRowId: await signIn() };
  const read = await readBy(async (transaction) => {
    const batch = await readEvents(transaction, reader, 0, LIMIT);
    expect(batch?.numbers).toHaveLength(LIMIT);
  });
  // Of each of the three days, the first that was not needed.
  expect(sum(read)).toBeLessThanOrEqual(LIMIT + 3);
});

async function signIn(): Promise<string> {
  const { id } = await tenantTransaction(service, userId, (transaction) =>
    transaction
      .insertInto('user_sessions')
      .values({
        user_id: userId,
        session_id: userId,
        token_hash: Buffer.alloc(32, 1),
        expires_at: sql`now() + interval '1 hour'`,
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return id;
}
