import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  devicesFile,
  type Files,
  importFiles,
  rowsOf,
  snapshot,
  tablesFile,
  withFolder,
} from '../../testing/data-folder.ts';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { importFolder } from './import.ts';
import { RejectedRecordsError } from './rejected-records.ts';

const { service, addresses } = await createTestDatabase();
const good = {
  ip: '10.0.0.1',
  mac: '9a:8d:bc:e0:52:41',
  hostname: 'phone',
  last_seen: '2025-06-01T12:00:00',
};

async function skip(files: Files) {
  const userId = await createUser(service);
  const report = await importFiles(addresses.service, userId, files, { skipInvalid: true });
  return { userId, report, rows: (query: string) => rowsOf(service, userId, query) };
}

describe('a record that cannot be taken as it stands', () => {
  test('stops the import, with nothing written and every one listed', async () => {
    const userId = await createUser(service);
    const files = devicesFile(
      good,
      { ...good, ip: 'nowhere' },
      { ...good, last_seen: 'yesterday' },
    );
    const failed = await importFiles(addresses.service, userId, files).catch(
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(RejectedRecordsError);
    expect(failed).toMatchObject({
      kind: 'invalid-input',
      report: {
        outcome: 'stopped',
        totals: { read: 3, rejected: 2 },
        rejects: [
          {
            file: 'devices.json',
            key: '2',
            field: 'ip',
            value: '"nowhere"',
            reason: 'is not an IPv4 or IPv6 address',
            code: 'not_an_address',
            values: {},
          },
          { file: 'devices.json', key: '3', field: 'last_seen', value: '"yesterday"' },
        ],
      },
    });
    expect(Object.values(await snapshot(service, userId)).flat()).toEqual([]);
  });

  test('is kept verbatim when it is to be skipped, once', async () => {
    const files = {
      'devices.json': `{"devices": {"1": ${JSON.stringify(good)}, "x": {"ip":  "nowhere"}}}`,
    };
    const { userId, report, rows } = await skip(files);
    expect(report.totals).toEqual({ read: 2, written: 1, unchanged: 0, rejected: 1 });
    expect(await rows('select file, record_key, field, value, record from import_rejects')).toEqual(
      [
        {
          file: 'devices.json',
          record_key: 'x',
          field: 'ip',
          value: '"nowhere"',
          record: '{"ip":  "nowhere"}',
        },
      ],
    );
    const before = await snapshot(service, userId, { versions: true });
    const again = await importFiles(addresses.service, userId, files, { skipInvalid: true });
    expect(again.outcome).toBe('nothing new');
    expect(await snapshot(service, userId, { versions: true })).toEqual(before);
  });

  test.each([
    ['mac', 'no such thing', 'is not a hardware address'],
    ['mac', 7, 'is not a hardware address'],
    ['ip', '10.0.0.0/24', 'is not an IPv4'],
    ['ip', null, 'is missing'],
    ['hostname', 'x'.repeat(256), 'has 256 characters; 255 at most'],
    ['hostname', 'a\0b', 'NUL'],
    ['hostname', 'a\ud800b', 'surrogate'],
    ['hostname', ['phone'], 'is not a text'],
    ['device_name', '😀'.repeat(256), 'has 256 characters'],
    ['first_seen', '2025-02-30T00:00:00', 'is not a date'],
    ['first_seen', '2025-06-02T00:00:00', 'is later than last_seen'],
    ['last_seen', 1_748_000_000, 'is not a date'],
    ['last_seen', null, 'is missing'],
  ])('is told by field: %s = %j', async (field, value, reason) => {
    const { report, rows } = await skip(
      devicesFile(good, { ...good, ip: '10.0.0.2', mac: null, [field]: value }),
    );
    expect(report.totals).toMatchObject({ written: 1, rejected: 1 });
    expect(report.rejects[0]).toMatchObject({ key: '2', field });
    expect(report.rejects[0]?.reason).toContain(reason);
    expect(report.rejects[0]?.value?.length ?? 0).toBeLessThanOrEqual(201);
    expect(await rows('select count(*)::int as kept from import_rejects')).toEqual([{ kept: 1 }]);
  });

  test('of what is kept under settings is one that jsonb cannot hold', async () => {
    const { report } = await skip({
      'netpilot.json':
        '{"notes": {"1": {"a": ["\\u0000"]}, "2": {"b": 1e999}, "3": {"n": 12345678901234567890}, "\\ud800": {}}}',
    });
    expect(report.rejects.map(({ field, code }) => [field, code])).toEqual([
      ['a.0', 'holds_nul'],
      ['b', 'too_large_number'],
      // Kept verbatim, and never rounded.
      ['n', 'inexact_number'],
      ['key', 'holds_half_pair'],
    ]);
    expect(report.totals).toEqual({ read: 4, written: 0, unchanged: 0, rejected: 4 });
  });
});

test('a long name of short characters fits: characters count, not bytes', async () => {
  const { rows } = await skip(devicesFile({ ...good, hostname: '😀'.repeat(255) }));
  expect(await rows('select length(hostname) as length from user_devices')).toEqual([
    { length: 255 },
  ]);
});

test('a file cut short gives the records before the cut, and the byte of it', async () => {
  const whole = tablesFile({ devices: [good, { ...good, ip: '10.0.0.2', mac: null }] });
  const { report, rows } = await skip({ 'devices.json': whole.slice(0, -20) });
  expect(report.totals).toEqual({ read: 2, written: 1, unchanged: 0, rejected: 1 });
  expect(report.rejects[0]?.reason).toContain(`byte ${whole.length - 20}`);
  expect(await rows('select count(*)::int as devices from user_devices')).toEqual([{ devices: 1 }]);
});

test('a configuration that cannot be read is rejected, field by field', async () => {
  const { report, rows } = await skip({
    'mode.json': '{"mode": "sometimes"}',
    'whitelist_config.json': '{"Limit_Rate": "fast"}',
    'blacklist_config.json': '{"Full_Rate": "0mbit"}',
    'bandwidth_mode.json': '{"mode": ',
  });
  expect(report.rejects.map(({ file, field }) => `${file} ${field}`).toSorted()).toEqual([
    'bandwidth_mode.json ',
    'blacklist_config.json Full_Rate',
    'mode.json mode',
    'whitelist_config.json Limit_Rate',
  ]);
  expect(await rows('select mode from router_policies')).toEqual([{ mode: 'none' }]);
});

test('what is in every kind of folder: empty files, lists for tables, tables of no known name', async () => {
  const { report, rows } = await skip({
    'devices.json': `\uFEFF{"devices": [${JSON.stringify(good)}]}\r\n`,
    'netpilot.json': '',
    'mode.json': '\uFEFF{"mode": "whitelist"}\r\n',
    'rules.json': '{"My Rules!": {"1": {"a": 1}}, "version": 2}',
  });
  expect(report.notes).toContainEqual({
    file: 'netpilot.json',
    note: 'the file is empty',
    code: 'empty_file',
    values: {},
    count: 1,
  });
  expect(report.totals).toEqual({ read: 4, written: 4, unchanged: 0, rejected: 0 });
  expect(await rows('select setting_key as key from user_settings order by 1')).toEqual([
    { key: 'legacy.my_rules_' },
    { key: 'legacy.version' },
  ]);
  expect(await rows('select mode from router_policies')).toEqual([{ mode: 'whitelist' }]);
});

test("the router's password is not read, and the report says so", async () => {
  const { userId, report } = await skip({
    ...devicesFile(good),
    'router.json': '{"user": "root", "password": "hunter2"}',
    'config.json': 'not even JSON hunter2',
    'notes.txt': 'hunter2',
  });
  expect(report.left_out.map(({ file }) => file)).toEqual([
    'config.json',
    'notes.txt',
    'router.json',
  ]);
  expect(report.left_out[0]?.reason).toContain('never read');
  expect(JSON.stringify([report, await snapshot(service, userId)])).not.toContain('hunter2');
});

test('a dry run tells the same and leaves nothing', async () => {
  const userId = await createUser(service);
  const files = devicesFile(good);
  const report = await importFiles(addresses.service, userId, files, { dryRun: true });
  expect(report).toMatchObject({
    outcome: 'dry run',
    totals: { written: 1 },
    rows_written: { user_devices: 1 },
  });
  expect(Object.values(await snapshot(service, userId)).flat()).toEqual([]);
});

test('what a router is to act on has to be one device, as in the API', async () => {
  const { report } = await skip({
    'netpilot.json': tablesFile({
      whitelist: [
        { ip: '224.0.0.251', mac: '01-00-5E-00-00-FB' },
        { ip: '0.0.0.0' },
        { ip: '0.0.0.0', mac: '9A:8D:BC:E0:52:41' },
      ],
      device_rules: [{ ip: '255.255.255.255', rule_name: 'block', rule_value: '1' }],
    }),
  });
  expect(report.rejects.map(({ field, value, reason }) => `${field} ${value} ${reason}`)).toEqual([
    'mac "01-00-5E-00-00-FB" is not of one device, but of a group',
    'ip "0.0.0.0" is an address that no device can have',
    'ip "255.255.255.255" is an address that no device can have',
  ]);
});

test('a link to the file of secrets is not followed, whatever it is called', async () => {
  const userId = await createUser(service);
  await withFolder({ 'router.json': '{"password": "hunter2"}' }, (folder) =>
    withFolder({ 'mode.json': '{"mode": "none"}' }, async (source) => {
      await symlink(join(folder, 'router.json'), join(source, 'netpilot.json'));
      const actor = { userId, kind: 'operator' } as const;
      const report = await importFolder(addresses.service, { source, actor, routerId: 'home' });
      expect(report.left_out.map(({ file }) => file)).toEqual(['netpilot.json']);
      expect(report.tables.map(({ file }) => file)).toEqual(['mode.json']);
    }),
  );
});

describe('an import is refused', () => {
  test.each<[string, Files, string]>([
    ['with nothing of ours in the folder', { 'notes.txt': 'x' }, 'There is nothing to import'],
    [
      'with a file that is no JSON',
      { 'devices.json': 'hello' },
      'devices.json is not JSON at byte 0',
    ],
    ['with a database that is none', { 'devices.db': 'hello' }, 'devices.db is no SQLite database'],
    [
      'with a database that is not whole',
      { 'devices.db': `SQLite format 3\0${'\0'.repeat(100)}` },
      'devices.db cannot be read as a SQLite database: file is not a database. Nothing was imported.',
    ],
  ])('%s', async (_, files, message) => {
    await expect(skip(files)).rejects.toThrow(message);
  });

  test('without a folder, a sound router id, a time zone, or a user', async () => {
    const userId = await createUser(service);
    const files = devicesFile(good);
    const actor = { userId, kind: 'operator' } as const;
    const nowhere = join(import.meta.dirname, 'nowhere');
    await expect(
      importFolder(addresses.service, { source: nowhere, actor, routerId: 'home' }),
    ).rejects.toThrow('cannot be read');
    const tries = [
      { routerId: '../x' },
      { timezone: 'Mars/Olympus' },
      { actor: { ...actor, userId: '00000000-0000-0000-0000-000000000000' } },
    ];
    for (const options of tries) {
      await expect(importFiles(addresses.service, userId, files, options)).rejects.toThrow(
        /router_id|timezone|no user/,
      );
    }
  });
});
