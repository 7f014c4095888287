import { expect, test } from 'vitest';
import { importFiles, rowsOf, tablesFile } from '../../testing/data-folder.ts';
import { createTestDatabase, createUser } from '../../testing/database.ts';

const { service, addresses } = await createTestDatabase();

/** Imports files for a new user; gives the report and a way to look at what is there. */
async function importMade(files: Record<string, string | Buffer>, timezone = 'UTC') {
  const userId = await createUser(service);
  const report = await importFiles(addresses.service, userId, files, { timezone });
  return { report, rows: (query: string) => rowsOf(service, userId, query) };
}

const seen = { first_seen: '2025-06-06T12:16:45', last_seen: '2025-06-15T16:12:14' };

/** Imports these as devices.json; gives the rows that are there. */
async function importDevices(...devices: object[]) {
  const { rows } = await importMade({ 'devices.json': tablesFile({ devices }) });
  return rows(
    `select host(ip) as ip, mac, hostname, device_type, manufacturer, is_router, holds_ip
     from user_devices order by user_devices.ip, mac`,
  );
}

test.each(['021B00000001', '021b.0000.0001', '2:1b:0:0:0:1', '02-1B-00-00-00-01'])(
  'the MAC %s is read',
  async (mac) => {
    expect(await importDevices({ ip: '10.0.0.2', mac, ...seen })).toMatchObject([
      { mac: '02:1b:00:00:00:01' },
    ]);
  },
);

test('a device has its type and manufacturer, and nothing that is unknown', async () => {
  const known = { mac: '02:1b:00:00:00:01', ip: '::ffff:10.0.0.2', device_type: 'Phone' };
  const unknown = { mac: '02:1b:00:00:00:02', ip: '10.0.0.3', device_type: 'Unknown' };
  expect(
    await importDevices(
      { ...known, manufacturer: 'Acme', hostname: 'UNKNOWN', ...seen },
      { ...unknown, manufacturer: 'unknown', hostname: 'Unknown', ...seen },
    ),
  ).toMatchObject([
    { ip: '10.0.0.2', hostname: null, device_type: 'Phone', manufacturer: 'Acme' },
    { ip: '10.0.0.3', hostname: null, device_type: null, manufacturer: null },
  ]);
});

test('0.0.0.0 is not an address: it is not held, and does not replace a known one', async () => {
  const [mac, other] = ['02:1b:00:00:00:01', '02:1b:00:00:00:02'];
  expect(
    await importDevices(
      { mac, ip: '0.0.0.0', ...seen, last_seen: '2025-07-01T00:00:00' },
      { mac, ip: '10.0.0.2', ...seen },
      { mac: other, ip: '0.0.0.0', ...seen },
      { mac: '02:1b:00:00:00:03', ip: null, ...seen },
    ),
  ).toMatchObject([
    { mac: other, ip: '0.0.0.0', holds_ip: false },
    { mac: '02:1b:00:00:00:03', ip: '0.0.0.0', holds_ip: false },
    { mac, ip: '10.0.0.2', holds_ip: true },
  ]);
});

test.each([
  [
    'a row of the type Router',
    [{ mac: '02:1b:00:00:00:01', ip: '10.0.0.1', device_type: 'Router' }],
  ],
  [
    'mac "router" and the real MAC at its address',
    [
      { mac: 'router', ip: '10.0.0.1' },
      { mac: '02:1b:00:00:00:01', ip: '10.0.0.1' },
    ],
  ],
  [
    'zeros with the name Router and the real MAC',
    [
      { mac: '00:00:00:00:00:00', ip: '10.0.0.1', hostname: 'Router' },
      { mac: '02:1b:00:00:00:01', ip: '10.0.0.1' },
    ],
  ],
])('the router is one device with its MAC: %s', async (_, devices) => {
  expect(await importDevices(...devices.map((device) => ({ ...device, ...seen })))).toMatchObject([
    { mac: '02:1b:00:00:00:01', ip: '10.0.0.1', is_router: true },
  ]);
});

test('a rule by MAC alone has the address of its device, or none', async () => {
  const rule = { rule_name: 'block', rule_value: '1' };
  const { rows } = await importMade({
    'netpilot.json': tablesFile({
      devices: [{ mac: '02:1b:00:00:00:01', ip: '10.0.0.2', ...seen }],
      device_rules: [
        { mac: '02-1B-00-00-00-01', ...rule },
        { mac: '02:1b:00:00:00:09', ...rule },
      ],
    }),
  });
  expect(
    await rows(
      `select device_mac as mac, host(device_ip) as ip, device_id is not null as known from user_blocked_devices order by 1`,
    ),
  ).toEqual([
    { mac: '02:1b:00:00:00:01', ip: '10.0.0.2', known: true },
    { mac: '02:1b:00:00:00:09', ip: '0.0.0.0', known: false },
  ]);
});

test.each(['UTC', 'Europe/Berlin'])(
  'an hour that comes twice is in order: %s',
  async (timezone) => {
    const { report, rows } = await importMade(
      {
        'devices.json': tablesFile({
          devices: [
            {
              ip: '10.0.0.2',
              mac: '02:1b:00:00:00:01',
              first_seen: '2025-10-26T02:55:00',
              last_seen: '2025-10-26T02:05:00',
            },
          ],
        }),
      },
      timezone,
    );
    expect(report.notes.map(({ code }) => code)).toEqual(['hour_twice']);
    expect(await rows('select (last_seen - first_seen)::text as stay from user_devices')).toEqual([
      { stay: '00:10:00' },
    ]);
  },
);

test('a table within a row is read as that table, and the row is no device', async () => {
  const { report, rows } = await importMade({
    'netpilot.json': JSON.stringify({
      devices: {
        1: { mac: '02:1b:00:00:00:01', ip: '10.0.0.2', ...seen },
        2: {
          devices: { 1: { mac: '02:1b:00:00:00:02', ip: '10.0.0.3', ...seen } },
          device_rules: {
            1: { mac: '02:1b:00:00:00:02', rule_name: 'block', rule_value: true },
          },
        },
      },
    }),
  });
  expect(await rows('select host(ip) as ip from user_devices order by 1')).toEqual([
    { ip: '10.0.0.2' },
    { ip: '10.0.0.3' },
  ]);
  expect(await rows('select host(device_ip) as ip from user_blocked_devices')).toEqual([
    { ip: '10.0.0.3' },
  ]);
  expect(report.notes).toContainEqual(
    expect.objectContaining({ code: 'table_in_row', values: { table: 'devices', key: '2' } }),
  );
});

test('a block in the row of a device counts, unless a newer row says something else', async () => {
  const [on, off, router] = ['02:1b:00:00:00:01', '02:1b:00:00:00:02', '02:1b:00:00:00:03'];
  const { report, rows } = await importMade({
    'netpilot.json': tablesFile({
      devices: [
        { mac: on, ip: '10.0.0.2', block: 'true', ...seen },
        { mac: off, ip: '10.0.0.3', block: false, ...seen },
        { mac: off, ip: '10.0.0.4', block: true, ...seen, last_seen: seen.first_seen },
        { mac: router, ip: '10.0.0.1', block: true, device_type: 'Router', ...seen },
      ],
    }),
  });
  expect(await rows('select device_mac as mac from user_blocked_devices')).toEqual([{ mac: on }]);
  expect(report.notes.map(({ code }) => code)).toContain('block_of_router');
});

test('dates are local in devices.json and in lists, and UTC in netpilot.json', async () => {
  const at = '2025-06-06T12:00:00';
  const times = { first_seen: at, last_seen: at };
  const { rows } = await importMade(
    {
      'devices.json': tablesFile({
        devices: [{ mac: '02:1b:00:00:00:01', ip: '10.0.0.2', ...times }],
      }),
      'netpilot.json': tablesFile({
        devices: [{ mac: '02:1b:00:00:00:02', ip: '10.0.0.3', ...times }],
        whitelist: [{ mac: '02:1b:00:00:00:02', ip: '10.0.0.3', added_at: at }],
      }),
    },
    'Europe/Berlin',
  );
  expect(
    await rows(
      `select to_char(last_seen at time zone 'UTC', 'HH24:MI') as at from user_devices order by mac`,
    ),
  ).toEqual([{ at: '10:00' }, { at: '12:00' }]);
  expect(
    await rows(`select to_char(added_at at time zone 'UTC', 'HH24:MI') as at from user_whitelists`),
  ).toEqual([{ at: '10:00' }]);
});

test('a block of a device on the blacklist is because of it, and stays ended once somebody has ended it', async () => {
  const [listed, other] = ['02:1b:00:00:00:01', '02:1b:00:00:00:02'];
  const devices = [listed, other].map((mac, index) => ({
    mac,
    ip: `10.0.0.${index + 2}`,
    ...seen,
  }));
  const block = { rule_name: 'block', rule_value: '1' };
  const files = {
    'netpilot.json': tablesFile({
      devices,
      blacklist: [{ mac: listed, ip: '10.0.0.2', added_at: seen.first_seen }],
      device_rules: [
        { mac: listed, ip: '10.0.0.2', ...block },
        { mac: other, ip: '10.0.0.3', ...block },
      ],
    }),
  };
  const userId = await createUser(service);
  const blocks = () =>
    rowsOf(
      service,
      userId,
      'select device_mac, block_type, is_active from user_blocked_devices order by device_mac',
    );
  await importFiles(addresses.service, userId, files);
  expect(await blocks()).toEqual([
    { device_mac: listed, block_type: 'blacklist', is_active: true },
    { device_mac: other, block_type: 'manual', is_active: true },
  ]);
  await rowsOf(
    service,
    userId,
    'update user_blocked_devices set is_active = false, unblocked_at = now()',
  );
  expect(await importFiles(addresses.service, userId, files)).toMatchObject({
    outcome: 'nothing new',
  });
  expect(await blocks()).toMatchObject([{ is_active: false }, { is_active: false }]);
});

test('the router without a MAC is one device, wherever it was', async () => {
  const later = { ...seen, last_seen: '2025-07-01T00:00:00' };
  const files = {
    'devices.json': tablesFile({
      devices: [
        { mac: 'router', ip: '192.168.1.1', hostname: 'OpenWrt', ...seen },
        { mac: 'router', ip: '10.0.0.1', ...later },
        { mac: null, ip: '192.168.1.1', ...seen },
      ],
    }),
    'netpilot.json': tablesFile({ whitelist: [{ ip: '10.0.0.1', added_at: seen.first_seen }] }),
  };
  const userId = await createUser(service);
  await importFiles(addresses.service, userId, files);
  expect(
    await rowsOf(service, userId, 'select host(ip) as ip, hostname, is_router from user_devices'),
  ).toEqual([{ ip: '10.0.0.1', hostname: 'OpenWrt', is_router: true }]);
  expect(
    await rowsOf(service, userId, 'select host(ip) as ip from device_addresses order by 1'),
  ).toContainEqual({ ip: '192.168.1.1' });
  expect(await importFiles(addresses.service, userId, files)).toMatchObject({
    outcome: 'nothing new',
  });
});

test('a row of the router without a MAC is the router that has one', async () => {
  expect(
    await importDevices(
      { mac: 'router', ip: '192.168.1.1', ...seen },
      { mac: '02:1b:00:00:00:09', ip: '10.0.0.1', device_type: 'Router', ...seen },
    ),
  ).toMatchObject([{ mac: '02:1b:00:00:00:09', is_router: true }]);
});

test.each(['unknown', 'Unknown', 'N/A', ' ', 'none'])('the address %j is not known', async (ip) => {
  const mac = '02:1b:00:00:00:01';
  const { rows } = await importMade({
    'netpilot.json': tablesFile({
      devices: [{ mac, ip, ...seen }],
      whitelist: [{ mac, ip, added_at: seen.first_seen }],
    }),
  });
  expect(await rows('select host(ip) as ip, mac, holds_ip from user_devices')).toEqual([
    { ip: '0.0.0.0', mac, holds_ip: false },
  ]);
  expect(await rows('select device_mac from user_whitelists')).toEqual([{ device_mac: mac }]);
});

test.each([null, ''])(
  'a file whose mode is %j says nothing, and the next one counts',
  async (mode) => {
    const { report, rows } = await importMade({
      'mode.json': JSON.stringify({ mode }),
      'bandwidth_mode.json': '{"mode": "blacklist"}',
    });
    expect(report.totals).toMatchObject({ rejected: 0 });
    expect(await rows('select mode from router_policies')).toEqual([{ mode: 'blacklist' }]);
  },
);
