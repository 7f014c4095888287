/** How much of the table the list of devices reads, whatever the planner believed when it planned the statement. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createRouter, createTestDatabase, createUser } from '../../testing/database.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';
import { type DeviceFilter, SORTS } from './listing.ts';
import { STATES } from './states.ts';
import { listDevices } from './with-access.ts';

const { service } = await createTestDatabase();
const MANY = 1_200;
/** So often a row may be read: for its lists, its blocks, its parts and its access, each once or twice. */
const TIMES = 20;

const FILTERS: DeviceFilter[] = [{}, { text: 'phone' }, ...STATES.map((state) => ({ state }))];

// What has parameters is planned for good while the tables are nearly empty.
const few = await inUse({ devices: 8 });
const planned = await listAll(few);
const read = await listAll(await inUse({ devices: MANY }));

test.each(FILTERS)('each row is read a few times, whatever it was planned for: %o', (filter) => {
  expect(read.get(filter)?.connection).toBe(planned.get(filter)?.connection);
  expect(read.get(filter)?.rows).toBeLessThan(TIMES * MANY);
});

async function listAll(userId: string) {
  const found = new Map<DeviceFilter, { rows: number; connection: number }>();
  for (const filter of FILTERS) found.set(filter, await list(userId, filter));
  return found;
}

async function list(userId: string, filter: DeviceFilter) {
  const sort = SORTS.find(({ name }) => name === '-last_seen');
  if (sort === undefined) throw new Error('There is no such order.');
  return tenantTransaction(service, userId, async (transaction) => {
    await sql`set local plan_cache_mode = force_generic_plan`.execute(transaction);
    const page = { sort, after: undefined, limit: 10_000 };
    // The counts may contain earlier transactions of the connection.
    const before = await rowsRead(transaction);
    await listDevices(transaction, userId, filter, page);
    const after = await rowsRead(transaction);
    return { ...after, rows: after.rows - before.rows };
  });
}

/** How many rows were read of the devices and of what blocks them. */
async function rowsRead(transaction: TenantTransaction) {
  const { rows } = await sql<{ rows: number; connection: number }>`
    select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::float8 as rows, pg_backend_pid() as connection
    from pg_stat_xact_user_tables
    where relname in ('user_devices', 'user_routers', 'user_blocked_devices', 'user_whitelists', 'user_blacklists')`.execute(
    transaction,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('An aggregate gave no row.');
  return row;
}

/** Two routers that know the same devices, half of them new with changing MACs; one in four is merged, and one in four on each list. */
async function inUse({ devices }: { devices: number }): Promise<string> {
  const userId = await createUser(service);
  const each = devices / 2;
  for (const routerId of [
    await createRouter(service, userId),
    await createRouter(service, userId),
  ]) {
    await tenantTransaction(service, userId, async (transaction) => {
      await sql`
        insert into user_devices (user_id, router_id, ip, mac, hostname, is_online, reviewed_at, first_seen, last_seen)
        select ${userId}, ${routerId}, '10.0.0.0'::inet + n, ('02' || lpad(to_hex(n), 10, '0'))::macaddr,
          'phone-' || n % 3, false, case when n % 2 = 0 then now() end, now() - interval '9 days', now() - n * interval '1 minute'
        from generate_series(1, ${each}::int) n`.execute(transaction);
      for (const table of ['user_blocked_devices', 'user_whitelists', 'user_blacklists'])
        await sql`
          insert into ${sql.table(table)} (user_id, router_id, device_id, device_ip, device_mac)
          select user_id, router_id, id, ip, mac from user_devices
          where router_id = ${routerId} order by ip limit ${each / 4}::int`.execute(transaction);
      await sql`
        with numbered as (select id, row_number() over (order by ip desc) as n from user_devices where router_id = ${routerId})
        update user_devices d set merged_into = whole.id, shown_as = whole.id, holds_ip = false
        from numbered part join numbered whole on whole.n = part.n + ${each / 2}
        where d.id = part.id and part.n <= ${each / 4}`.execute(transaction);
    });
  }
  return userId;
}
