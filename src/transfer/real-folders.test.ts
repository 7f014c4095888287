import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LEGACY_DATA, rowsOf, snapshot } from '../../testing/data-folder.ts';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { importFolder } from './import.ts';
import { formatReport } from './report-text.ts';

const { service, addresses } = await createTestDatabase();

/** Imports a real folder for a new user; gives the report and a way to look at what is there. */
async function importReal(folder: string) {
  const userId = await createUser(service);
  const run = () =>
    importFolder(addresses.service, {
      source: join(LEGACY_DATA, folder),
      actor: { userId, kind: 'operator' },
      routerId: 'home',
    });
  const report = await run();
  return { userId, report, run, rows: (query: string) => rowsOf(service, userId, query) };
}

const DEVICES = `select host(ip) as ip, mac, hostname, device_name, is_router, holds_ip,
  to_char(first_seen, 'MM-DD HH24:MI:SS.US') as first, to_char(last_seen, 'MM-DD HH24:MI:SS.US') as last
  from user_devices order by user_devices.ip`;

/** One device of those rows, named or not, that holds its address. */
const device = (
  ip: string,
  mac: string | null,
  hostname: string | null,
  first: string,
  last: string,
) => ({
  ip,
  mac,
  hostname,
  device_name: null,
  is_router: mac === null,
  holds_ip: true,
  first,
  last,
});

test.each(['2025-04-sqlite', '2025-05-tinydb', '2025-05-lists', '2025-06-split'])(
  '%s accounts for every record, and changes nothing the second time',
  async (folder) => {
    const { userId, report, run } = await importReal(folder);
    expect(report.outcome).toBe('imported');
    for (const { read, written, unchanged, rejected } of report.tables) {
      expect(read).toBe(written + unchanged + rejected);
    }
    expect(report.totals.rejected).toBe(0);
    const before = await snapshot(service, userId, { versions: true });
    const again = await run();
    expect(again).toMatchObject({
      outcome: 'nothing new',
      rows_written: {},
      totals: { written: 0, unchanged: report.totals.read },
    });
    expect(await snapshot(service, userId, { versions: true })).toEqual(before);
    expect(formatReport(again)).toContain('nothing was written');
  },
);

test('2025-04-sqlite: devices, a block, and what has no table', async () => {
  const { report, rows } = await importReal('2025-04-sqlite');
  expect(report.generations).toEqual([{ generation: 'sqlite', files: ['devices.db'] }]);
  expect(await rows(DEVICES)).toEqual([
    device('10.0.0.3', '6e:4c:bf:a9:ef:43', null, '04-24 15:53:15.354822', '04-25 07:53:57.747998'),
    device(
      '10.0.0.12',
      'b8:13:32:c6:e6:2b',
      null,
      '04-25 07:53:57.756000',
      '04-25 07:53:57.756000',
    ),
    device(
      '10.0.0.17',
      'f8:01:b4:0e:85:a8',
      null,
      '04-25 07:53:57.739498',
      '04-25 07:53:57.739498',
    ),
    device(
      '10.0.0.28',
      '10:38:1f:2b:87:f9',
      null,
      '04-18 16:06:53.852669',
      '04-18 16:06:53.852669',
    ),
    device(
      '10.0.0.138',
      '00:b8:c2:a1:54:c7',
      null,
      '04-18 16:06:53.827168',
      '04-25 07:53:57.730004',
    ),
    device(
      '192.168.1.122',
      'd8:bb:c1:cc:6a:db',
      'DESKTOP-4K2R7QX',
      '04-18 16:06:53.844168',
      '04-25 07:53:57.721506',
    ),
    device(
      '192.168.1.141',
      '36:2a:54:e3:7f:cb',
      'Pixel-8-Pro',
      '04-18 16:06:53.835172',
      '04-25 07:53:57.765003',
    ),
  ]);
  expect(
    await rows(
      `select b.device_mac, b.block_type, b.is_active, d.hostname from user_blocked_devices b join user_devices d on d.id = b.device_id`,
    ),
  ).toEqual([
    {
      device_mac: '36:2a:54:e3:7f:cb',
      block_type: 'manual',
      is_active: true,
      hostname: 'Pixel-8-Pro',
    },
  ]);
  expect(
    await rows(
      'select setting_key as key, jsonb_array_length(setting_value) as elements from user_settings order by 1',
    ),
  ).toEqual([
    { key: 'legacy.device_groups', elements: 1 },
    { key: 'legacy.group_members', elements: 7 },
    { key: 'legacy.ips_to_scan', elements: 1 },
    { key: 'legacy.rules', elements: 4 },
  ]);
  expect(
    await rows(
      `select setting_value -> 0 as kept from user_settings where setting_key in ('legacy.device_groups', 'legacy.ips_to_scan') order by setting_key`,
    ),
  ).toEqual([
    {
      kept: {
        file: 'devices.db',
        table: 'device_groups',
        key: '1',
        record: { group_id: 1, name: 'general' },
      },
    },
    {
      kept: {
        file: 'Ips_to_scan.json',
        table: 'Ips_to_scan',
        key: '',
        record: { subnets: ['10.0.0.0/24', '192.168.169.0/24', '192.168.1.0/24'] },
      },
    },
  ]);
  expect(await rows('select mode, policy_revision from router_policies')).toEqual([
    { mode: 'none', policy_revision: 2 },
  ]);
});

test('2025-05-tinydb: the router itself, devices without a name, a block', async () => {
  const { report, rows } = await importReal('2025-05-tinydb');
  expect(report.generations).toEqual([{ generation: 'tinydb', files: ['netpilot.json'] }]);
  expect(await rows(DEVICES)).toEqual([
    device('192.168.1.1', null, 'Router', '05-07 09:45:32.873702', '05-26 10:47:06.543756'),
    device(
      '192.168.1.122',
      'd8:bb:c1:cc:6a:db',
      'DESKTOP-4K2R7QX',
      '05-07 09:45:32.873702',
      '05-07 12:04:16.553525',
    ),
    device(
      '192.168.1.141',
      'be:64:3d:ff:e1:ad',
      'h-Kim-sl-S23',
      '05-26 10:37:40.620314',
      '05-26 10:46:36.690183',
    ),
    device(
      '192.168.1.144',
      '86:0c:58:93:a7:64',
      'Pixel-8-Pro',
      '05-26 10:36:36.115767',
      '05-26 10:47:06.543756',
    ),
    device(
      '192.168.1.161',
      '36:8a:d2:92:65:11',
      'Pixel-8-Pro',
      '05-07 09:45:32.873702',
      '05-07 12:04:16.553525',
    ),
    device(
      '192.168.1.211',
      'ee:0c:81:ac:5b:8c',
      null,
      '05-26 10:38:53.319821',
      '05-26 10:38:53.319821',
    ),
    device(
      '192.168.1.236',
      '80:b6:55:ff:6d:61',
      'DESKTOP-K7RQXWP',
      '05-26 10:36:36.115767',
      '05-26 10:47:06.543756',
    ),
    device(
      '192.168.1.245',
      'e6:25:c6:f0:d7:b9',
      null,
      '05-07 12:04:00.579129',
      '05-07 12:04:16.553525',
    ),
  ]);
  expect(await rows('select host(device_ip) as ip, is_active from user_blocked_devices')).toEqual([
    { ip: '192.168.1.211', is_active: true },
  ]);
});

describe('2025-05-lists', async () => {
  const { report, rows } = await importReal('2025-05-lists');

  test('has the same device on both lists', async () => {
    const entry = {
      ip: '192.168.1.135',
      mac: '9a:8d:bc:e0:52:41',
      device_name: null,
      hostname: 'Sams-phone',
    };
    expect(
      await rows(`select host(device_ip) as ip, device_mac as mac, w.device_name, description, hostname, to_char(added_at, 'MM-DD HH24:MI:SS.US') as at
        from user_whitelists w join user_devices d on d.id = w.device_id`),
    ).toEqual([{ ...entry, description: null, at: '05-29 19:46:21.106918' }]);
    expect(
      await rows(`select host(device_ip) as ip, device_mac as mac, b.device_name, reason, is_active, hostname, to_char(blocked_at, 'MM-DD HH24:MI:SS.US') as at
        from user_blacklists b join user_devices d on d.id = b.device_id`),
    ).toEqual([{ ...entry, reason: null, is_active: true, at: '05-29 19:46:22.130908' }]);
  });

  test('sets mode and rates, and keeps the texts they came from', async () => {
    expect(
      await rows(
        `select mode, whitelist_limit_rate as wl, whitelist_full_rate as wf, blacklist_limit_rate as bl, blacklist_full_rate as bf, policy_revision from router_policies`,
      ),
    ).toEqual([
      {
        mode: 'none',
        wl: 50_000_000,
        wf: 1_000_000_000,
        bl: 50_000_000,
        bf: 1_000_000_000,
        policy_revision: 2,
      },
    ]);
    expect(
      await rows('select setting_key as key, setting_value as value from user_settings order by 1'),
    ).toEqual([
      { key: 'bandwidth_mode', value: 'whitelist' },
      { key: 'blacklist_full_rate', value: '1000mbit' },
      { key: 'blacklist_limit_rate', value: '50mbit' },
      { key: 'blacklist_wan_interface', value: 'eth0' },
      { key: 'whitelist_full_rate', value: '1000mbit' },
      { key: 'whitelist_limit_rate', value: '50mbit' },
      { key: 'whitelist_wan_interface', value: 'eth0' },
    ]);
  });

  test('tells what it took from where, and writes that down once', async () => {
    expect(report.generations.map(({ generation }) => generation)).toEqual(['lists']);
    expect(report.notes).toContainEqual({
      file: 'devices.json',
      note: 'first_seen is missing: taken from last_seen',
      code: 'no_first_seen',
      values: {},
      count: 3,
    });
    expect(await rows('select report from imports')).toEqual([{ report }]);
    expect(
      await rows(`select action, actor, details ->> 'read' as read from audit_entries`),
    ).toEqual([{ action: 'import.finished', actor: 'operator', read: '13' }]);
  });
});

test('2025-06-split: a configuration that two files tell differently', async () => {
  const { report, rows } = await importReal('2025-06-split');
  expect(report.generations.map(({ generation }) => generation)).toEqual(['split']);
  expect(await rows('select count(*)::int as count from user_devices')).toEqual([{ count: 10 }]);
  expect(await rows(`${DEVICES} limit 1`)).toEqual([
    device('192.168.1.1', null, 'Router', '06-06 12:16:45.013710', '06-15 16:12:14.731045'),
  ]);
  const differing = report.notes.filter(({ note }) => note.startsWith('differs'));
  expect(differing.map(({ file }) => file)).toEqual([
    'whitelist_config.json',
    'blacklist_config.json',
  ]);
  expect(differing[0]?.note).toContain('Limit_Rate: "50.0mbit" ≠ "90mbit"');
  expect(
    await rows(
      `select setting_value -> 0 -> 'record' ->> 'Limit_Rate' as rate from user_settings where setting_key = 'legacy.whitelist_config'`,
    ),
  ).toEqual([{ rate: '50.0mbit' }]);
  expect(await rows('select whitelist_limit_rate as rate from router_policies')).toEqual([
    { rate: 90_000_000 },
  ]);
});
