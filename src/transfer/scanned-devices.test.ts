/** Imports into an inventory that scans have filled already. */
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { devicesFile, importFiles, tablesFile } from '../../testing/data-folder.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { LAPTOP, PHONE, createHome, seen } from '../../testing/network.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';
import { lockPolicy } from '../policy/queries.ts';

const { service, addresses } = await createTestDatabase();

async function home() {
  const place = await createHome(service);
  const { userId, routerId } = place;
  return {
    ...place,
    import: (...records: object[]) =>
      importFiles(addresses.service, userId, devicesFile(...records), { routerId }),
  };
}

const record = (mac: string, ip: string, year: number) => ({
  mac,
  ip,
  hostname: 'imported',
  first_seen: `${year}-01-01T00:00:00`,
  last_seen: `${year}-02-01T00:00:00`,
});

test('an older import adds what was before, and takes nothing from what a scan saw', async () => {
  const { scan, devices, addresses: seenAt, import: read } = await home();
  await scan(1, [seen(PHONE, '10.0.0.1', { hostname: 'scanned' })]);
  await read(record(PHONE, '10.0.0.9', 2025), record(LAPTOP, '10.0.0.1', 2025));
  expect(await devices()).toMatchObject([
    { mac: PHONE, ip: '10.0.0.1', holds_ip: true, is_online: true, hostname: 'scanned' },
    { mac: LAPTOP, ip: '10.0.0.1', holds_ip: false },
  ]);
  expect(await seenAt()).toMatchObject([
    { mac: PHONE, ip: '10.0.0.1', is_current: true },
    { mac: PHONE, ip: '10.0.0.9', is_current: false },
  ]);
});

test('an older import takes none of the addresses that a device has at once', async () => {
  const { scan, devices, addresses: seenAt, import: read } = await home();
  await scan(1, [seen(PHONE, '10.0.0.1'), seen(PHONE, 'fd00::1')]);
  await read(record(LAPTOP, 'fd00::1', 2025));
  expect(await devices()).toMatchObject([
    { mac: PHONE, ip: '10.0.0.1', holds_ip: true },
    { mac: LAPTOP, ip: 'fd00::1', holds_ip: false },
  ]);
  expect(await seenAt()).toMatchObject([
    { mac: PHONE, ip: '10.0.0.1', is_current: true },
    { mac: PHONE, ip: 'fd00::1', is_current: true },
  ]);
});

test('an import of what was seen later is not lost when a scan shows another address again', async () => {
  const { scan, addresses: seenAt, import: read } = await home();
  await scan(1, [seen(PHONE, '10.0.0.1')]);
  await read(record(PHONE, 'fd00::1', 2027));
  await scan(2, []);
  expect(await seenAt()).toMatchObject([
    { mac: PHONE, ip: '10.0.0.1', is_current: true },
    { mac: PHONE, ip: 'fd00::1', is_current: true },
  ]);
});

test('a device known by its address is the one that a scan has recognised, when it is imported again', async () => {
  const { scan, devices, query, import: read } = await home();
  const nameless = { ...record('router', '10.0.0.1', 2025), hostname: null };
  await read(nameless);
  await scan(1, [seen(PHONE, '10.0.0.1')]);
  await scan(2, [seen(PHONE, '10.0.0.7')]);
  expect(await read(nameless)).toMatchObject({ outcome: 'nothing new', rows_written: {} });
  expect(await devices()).toMatchObject([{ mac: PHONE, ip: '10.0.0.7' }]);
  // A newer copy of the folder speaks of the same device.
  await read({ ...nameless, hostname: 'gateway', last_seen: '2027-01-01T00:00:00' });
  expect(await query('select mac, host(ip) as ip, hostname, is_router from user_devices')).toEqual([
    { mac: PHONE, ip: '10.0.0.1', hostname: 'gateway', is_router: true },
  ]);
});

test('an entry and a block by address are those of the device that was recognised, also when they are over', async () => {
  const { scan, query, userId, routerId } = await home();
  const tables = {
    'netpilot.json': tablesFile({
      devices: [{ ...record('', '10.0.0.1', 2025) }],
      whitelist: [{ ip: '10.0.0.1', added_at: '2025-02-01T00:00:00' }],
      device_rules: [{ ip: '10.0.0.1', rule_name: 'block', rule_value: '1' }],
    }),
  };
  const again = () => importFiles(addresses.service, userId, tables, { routerId });
  await again();
  await query('update user_blocked_devices set is_active = false, unblocked_at = now()');
  await scan(1, [seen(PHONE, '10.0.0.1')]);
  expect(await again()).toMatchObject({ outcome: 'nothing new' });
  expect(
    await query(`select device_mac, is_active from user_blocked_devices
      union all select device_mac, null from user_whitelists`),
  ).toEqual([
    { device_mac: PHONE, is_active: false },
    { device_mac: PHONE, is_active: null },
  ]);
});

test('an import and a scan of one router follow one another', async () => {
  const { scan, devices, userId, routerId, import: read } = await home();
  await scan(1, [seen(PHONE, '10.0.0.1')]);
  const [report] = await tenantTransaction(service, userId, async (transaction) => {
    // As a scan that has begun.
    await lockPolicy(transaction, { user_id: userId, router_id: routerId });
    const importing = read(record(PHONE, '10.0.0.9', 2025));
    await vi.waitFor(async () => expect(await waiting(transaction)).toBe(1), 120_000);
    await sql`select from record_scan(${userId}, ${routerId}, '2026-06-01', true, array[${PHONE}::macaddr],
      array['10.0.0.7'::inet], array[true], array[null::varchar], array[null::varchar])`.execute(
      transaction,
    );
    return [importing];
  });
  expect(await report).toMatchObject({ totals: { read: 1, written: 1 } });
  expect(await devices()).toMatchObject([{ mac: PHONE, ip: '10.0.0.7', holds_ip: true }]);
});

/** How many wait for a lock of this database. */
async function waiting(transaction: TenantTransaction): Promise<number | undefined> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int from pg_locks join pg_stat_activity using (pid)
    where not granted and datname = current_database()`.execute(transaction);
  return rows[0]?.count;
}

test('an import of what was seen later takes an address over, in the history too', async () => {
  const { scan, devices, addresses: seenAt, import: read } = await home();
  await scan(1, [seen(PHONE, '10.0.0.1')]);
  await read(record(LAPTOP, '10.0.0.1', 2027));
  expect(await devices()).toMatchObject([
    { mac: PHONE, holds_ip: false },
    { mac: LAPTOP, ip: '10.0.0.1', holds_ip: true },
  ]);
  expect(await seenAt()).toMatchObject([{ mac: PHONE, is_current: false }]);
});

test('an import knows a device that is merged into another, and leaves it there', async () => {
  const { scan, query, import: read } = await home();
  await scan(1, [seen(PHONE, '10.0.0.1'), seen(LAPTOP, '10.0.0.2')]);
  await query(`update user_devices d set holds_ip = false, is_online = false,
      merged_into = (select id from user_devices where mac = '${PHONE}'),
      shown_as = (select id from user_devices where mac = '${PHONE}')
    where mac = '${LAPTOP}'`);
  const report = await read(record(LAPTOP, '10.0.0.7', 2027));
  expect(report.totals).toMatchObject({ written: 1, rejected: 0 });
  expect(
    await query(
      'select mac, holds_ip, shown_as is not null as is_part from user_devices order by mac',
    ),
  ).toEqual([
    { mac: PHONE, holds_ip: true, is_part: false },
    { mac: LAPTOP, holds_ip: false, is_part: true },
  ]);
  expect(await read(record(LAPTOP, '10.0.0.7', 2027))).toMatchObject({ outcome: 'nothing new' });
});
