/** Imports into an inventory that scans have filled already. */
import { expect, test } from 'vitest';
import { devicesFile, importFiles } from '../../testing/data-folder.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { LAPTOP, PHONE, createHome, seen } from '../../testing/network.ts';

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
