/**
 * What `bench/events` runs, on an embedded server of its own: a day of events of 1,000 users is removed twice. Dropped with its
 * partition, as the program does it; and deleted in batches of 10,000 from one table with the keys and indexes that events had, as it did before, and
 * vacuumed. Prints the time and the WAL of both, and their ratios. Then it migrates back to one table and up again with as many events
 * and entries of the audit, for how long nobody can use them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { OWNER_ROLE } from '../src/config/database-address.ts';
import { joinEmbeddedServer } from '../src/database/embedded/server.ts';
import { migrateDown, migrateUp } from '../src/database/migrate.ts';
import { prepareEmbeddedDatabase } from '../src/database/roles.ts';
import { migrationNames } from '../src/database/schema-version.ts';

const USERS = 1_000;
const BATCH = 10_000;
const MIGRATION = '0039_partitions';

const { values } = parseArgs({ options: { events: { type: 'string', default: '1000000' } } });
const count = Number(values.events);

const folder = await mkdtemp(join(tmpdir(), 'netpilot-bench-'));
const server = await joinEmbeddedServer({ dataFolder: folder });
const { admin } = server.addresses;
const client = new Client(admin);
try {
  await prepareEmbeddedDatabase(server.addresses);
  await migrateUp(admin);
  await client.connect();
  await fill();
  console.log(`${count} events of one day, of ${USERS} users`);

  const deleted = await measure(deleteRows);
  const vacuumed = await measure(() => client.query('vacuum bare'));
  report('deleted row by row', deleted);
  report('  and vacuumed', vacuumed);
  const dropped = await measure(dropPartition);
  report('dropped', dropped);
  const time = (deleted.ms + vacuumed.ms) / dropped.ms;
  const wal = (deleted.wal + vacuumed.wal) / dropped.wal;
  console.log(`ratio ${Math.round(time)} of the times, ${Math.round(wal)} of the WAL`);

  await migrate();
} finally {
  await client.end();
  await server.leave();
  await rm(folder, { recursive: true });
}

/** A day of events, four days ago, in a partition of its own and in one table. */
async function fill(): Promise<void> {
  await client.query(`
    insert into users (id, email) select uuid_v7(), n || '@example.com' from generate_series(1, ${USERS}) n;
    insert into user_routers (user_id, router_id) select id, 'home' from users;
    set session_replication_role = replica;
    drop table events_before;
    set role ${OWNER_ROLE};
    do $$ begin while keep_partitions() is not null loop end loop; end $$;
    select add_partition('events', 'events_of_a_day', first_id_at(now() - interval '4 days'), first_id_at(now() - interval '3 days'));
    create table bare (
      like events including defaults including constraints,
      primary key (user_id, id),
      unique (user_id, number),
      foreign key (user_id) references users (id) on delete cascade,
      foreign key (user_id, router_id) references user_routers (user_id, router_id) on update cascade on delete cascade);
    create index on bare (user_id, router_id);
    create index on bare (at);
    reset role;
    insert into events (user_id, id, number, at, type, router_id, subject_id, data)
    select u.id, (left(first_id_at(made.at)::text, 14) || substring(uuid_v7()::text from 15))::uuid, n, made.at, 'device.online', 'home', uuid_v7()::text,
      jsonb_build_object('mac', '02:00:00:00:00:01', 'name', 'phone of somebody')
    from generate_series(1, ${count / USERS}) n
    cross join lateral (select now() - interval '4 days' + n * interval '1 day' / ${count / USERS + 1} as at) made
    cross join users u;
    insert into bare select * from events;
    set session_replication_role = origin;
    analyze;
    checkpoint`);
}

/** As the program did it: batch after batch, each in a transaction. */
async function deleteRows(): Promise<void> {
  for (let more = true; more;) {
    const { rowCount } = await client.query(
      `delete from bare where ctid = any (array(
         select ctid from bare where at < now() - interval '24 hours' limit ${BATCH} for update skip locked))`,
    );
    more = rowCount === BATCH;
  }
}

async function dropPartition(): Promise<void> {
  const { rows } = await client.query<{ done: string | null }>(`select keep_partitions() as done`);
  if (rows[0]?.done !== 'events_of_a_day') throw new Error(`It did ${rows[0]?.done} instead.`);
}

/** Milliseconds, and bytes of WAL. */
async function measure(work: () => Promise<unknown>): Promise<{ ms: number; wal: number }> {
  const before = await client.query(`select pg_current_wal_insert_lsn() as at`);
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  const { rows } = await client.query<{ bytes: number }>(
    `select (pg_current_wal_insert_lsn() - $1::pg_lsn)::float8 as bytes`,
    [before.rows[0]?.at],
  );
  return { ms, wal: rows[0]?.bytes ?? 0 };
}

function report(what: string, { ms, wal }: { ms: number; wal: number }): void {
  const took = ms < 1_000 ? `${ms.toFixed(1)} ms` : `${(ms / 1_000).toFixed(1)} s`;
  const written = wal < 1e6 ? `${(wal / 1e3).toFixed(1)} kB` : `${(wal / 1e6).toFixed(0)} MB`;
  console.log(`${what.padEnd(22)} ${took.padStart(9)}   ${written.padStart(9)} of WAL`);
}

/** With as many rows in each of the two tables. */
async function migrate(): Promise<void> {
  await client.query(`
    drop table bare;
    set session_replication_role = replica;
    insert into events (user_id, number, type, router_id, data)
    select u.id, n, 'device.online', 'home', '{"mac": "02:00:00:00:00:01", "name": "phone of somebody"}'
    from generate_series(1, ${count / USERS}) n, users u;
    insert into audit_entries (user_id, actor, action, router_id, details)
    select u.id, 'user', 'device.changed', 'home', '{"before": {"device_name": null}, "after": {"device_name": "phone"}}'
    from generate_series(1, ${count / USERS}) n, users u;
    set session_replication_role = origin;
    checkpoint`);
  const steps = migrationNames().length - migrationNames().indexOf(MIGRATION);
  const down = await measure(() => migrateDown(admin, steps));
  const up = await measure(() => migrateUp(admin));
  console.log(`with ${count} rows in each of the two tables`);
  report('migrate up', up);
  report('migrate down', down);
}
