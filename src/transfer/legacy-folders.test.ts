import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  importFiles,
  LEGACY_DATA,
  rowsOf,
  snapshot,
  tablesFile,
  withFolder,
} from '../../testing/data-folder.ts';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { LEGACY_TABLE, expectedOf, readImported } from '../../testing/legacy-table.ts';
import { importFolder } from './import.ts';

const MBIT = 1_000_000;

const { service, addresses } = await createTestDatabase();

async function importReal(folder: string) {
  const userId = await createUser(service);
  const report = await importFolder(addresses.service, {
    source: join(LEGACY_DATA, folder),
    actor: { userId, kind: 'operator' },
    routerId: 'home',
  });
  return { userId, report, rows: (query: string) => rowsOf(service, userId, query) };
}

test.each(LEGACY_TABLE)('%s imports as the old program had it', async (...line) => {
  const { report, userId } = await importReal(line[0]);
  expect(report).toMatchObject({ outcome: 'imported', totals: { rejected: 0 } });
  expect(await readImported(service, userId)).toEqual(expectedOf(line));
});

/** Imports files for a new user; gives the report and a way to look at what is there. */
async function importMade(files: Record<string, string | Buffer>, timezone = 'UTC') {
  const userId = await createUser(service);
  const report = await importFiles(addresses.service, userId, files, { timezone });
  return { report, rows: (query: string) => rowsOf(service, userId, query) };
}

test('a block left over in devices.db is named, and kept, but not in force', async () => {
  const { report, rows } = await importReal('2025-05-split');
  expect(report.notes).toContainEqual(
    expect.objectContaining({
      file: 'devices.db',
      code: 'block_of_history',
      values: { device: '02:00:5e:e3:7f:cb 192.168.1.141' },
    }),
  );
  expect(
    await rows(
      `select setting_value -> 0 -> 'record' ->> 'rule_value' as value from user_settings where setting_key = 'legacy.device_rules'`,
    ),
  ).toEqual([{ value: '1' }]);
});

const row = (name: string, value: object) => ({ name, ...value });

test.each<[string, Record<string, string>, string, string]>([
  ['current_mode', { 'mode.json': '{"current_mode": " Blacklist"}' }, 'blacklist', 'mode.json'],
  [
    'mode.json before bandwidth_mode.json',
    { 'mode.json': '{"mode": "none"}', 'bandwidth_mode.json': '{"mode": "whitelist"}' },
    'none',
    'mode.json',
  ],
  [
    'an empty mode.json says nothing',
    { 'mode.json': '', 'bandwidth_mode.json': '{"mode": "whitelist"}' },
    'whitelist',
    'bandwidth_mode.json',
  ],
  [
    'a switch without value, by its default',
    {
      'netpilot.json': tablesFile({
        settings: [
          row('whitelist_mode', { default: '0' }),
          row('blacklist_mode', { value: 'True' }),
        ],
      }),
    },
    'blacklist',
    'netpilot.json',
  ],
  [
    'settings before system_config',
    {
      'netpilot.json': tablesFile({
        system_config: [{ key: 'rule_mode', value: 'whitelist' }],
        settings: [row('whitelist_mode', { value: false })],
      }),
    },
    'none',
    'netpilot.json',
  ],
])('the mode: %s', async (_, files, mode, file) => {
  const { report, rows } = await importMade(files);
  expect(await rows('select mode from router_policies')).toEqual([{ mode }]);
  expect(report.notes).toContainEqual(
    expect.objectContaining({ file, code: 'mode_used', values: { mode } }),
  );
  expect(report.notes.some(({ code }) => code === 'empty_list')).toBe(mode !== 'none');
});

test.each([
  ['1', 1],
  [1, 1],
  ['TRUE', 1],
  [true, 1],
  ['0', 0],
  [0, 0],
  ['false', 0],
  [false, 0],
  ['', 0],
  [null, 0],
  [undefined, 0],
  ['maybe', 0],
])('a rule "block" of %j gives %d blocks', async (value, blocks) => {
  const rule = { mac: '02:1b:00:00:00:01', ip: '10.0.0.2', rule_name: 'block', rule_value: value };
  const { report, rows } = await importMade({
    'netpilot.json': tablesFile({ device_rules: [rule] }),
  });
  expect(await rows('select count(*)::int as blocks from user_blocked_devices')).toEqual([
    { blocks },
  ]);
  expect(report.notes.some(({ code }) => code === 'unclear_block')).toBe(value === 'maybe');
});

test('every other key of whitelist.json becomes a setting, a bare rate is Mbit/s', async () => {
  const { rows } = await importMade({
    'whitelist.json':
      '{"Wan_Interface": "eth1", "Limit_Rate": 30, "Full_Rate": "200", "Burst": [1]}',
    'whitelist_config.json': '{"Limit_Rate": "10mbit", "Old": 1}',
  });
  expect(
    await rows(
      `select setting_key as key, setting_value as value from user_settings where setting_key not like 'legacy.%' order by 1`,
    ),
  ).toEqual([
    { key: 'whitelist_burst', value: [1] },
    { key: 'whitelist_full_rate', value: '200' },
    { key: 'whitelist_limit_rate', value: '30' },
    { key: 'whitelist_wan_interface', value: 'eth1' },
  ]);
  expect(
    await rows('select whitelist_limit_rate as wl, whitelist_full_rate as wf from router_policies'),
  ).toEqual([{ wl: 30 * MBIT, wf: 200 * MBIT }]);
});

const PLANTED = 'hunter2-not-a-secret';

/** The routers' folders have it in .env, router.json and config.json, which are not opened. */
test.each(LEGACY_TABLE)('%s leaves the planted password nowhere', async (folder) => {
  const { report, userId } = await importReal(folder);
  expect(JSON.stringify([report, await snapshot(service, userId)])).not.toContain(PLANTED);
});

test.each<[string, Record<string, string>]>([
  ['a column', { 'netpilot.json': tablesFile({ settings: [{ a: 1, router_password: PLANTED }] }) }],
  [
    'a field within a field',
    { 'netpilot.json': tablesFile({ x: [{ a: { Password: PLANTED } }] }) },
  ],
  [
    'a key and its value',
    {
      'netpilot.json': tablesFile({ system_config: [{ key: 'router_password', value: PLANTED }] }),
    },
  ],
  ['a value that is no table', { 'netpilot.json': `{"password": "${PLANTED}"}` }],
  [
    'a key of a configuration',
    { 'whitelist.json': `{"Limit_Rate": "1mbit", "Token": "${PLANTED}"}` },
  ],
  ['a device', { 'devices.json': tablesFile({ devices: [{ ip: 'x', password: PLANTED }] }) }],
  ['a file cut short', { 'netpilot.json': `{"x": {"1": {"password": "${PLANTED}` }],
  ['a value cut short', { 'netpilot.json': `{"password": "${PLANTED}` }],
  ['a record that is not JSON', { 'netpilot.json': `{"x": {"1": {"password": ${PLANTED}}}}` }],
  ['a key without a colon', { 'netpilot.json': `{"password" "${PLANTED}"}` }],
  ['a configuration that is not JSON', { 'mode.json': `{"password": ${PLANTED}}` }],
  ['files of secrets', { '.env': PLANTED, 'ports.db': PLANTED, 'router.json.bak': PLANTED }],
])('a secret is left out by its name: %s', async (_, files) => {
  const userId = await createUser(service);
  const good = { mac: '02:1b:00:00:00:01', ip: '10.0.0.2', last_seen: '2025-06-06T12:16:45' };
  const report = await importFiles(
    addresses.service,
    userId,
    { 'device_rules.json': tablesFile({ x: [good] }), ...files },
    { skipInvalid: true },
  );
  const stored = await rowsOf(service, userId, 'select * from import_rejects');
  expect(JSON.stringify([report, stored, await snapshot(service, userId)])).not.toContain(PLANTED);
});

test('what a folder holds is explained: UTF-16, a missing field, a folder data/ below', async () => {
  const utf16 = importMade({ 'netpilot.json': Buffer.from('\uFEFF{"devices": {}}', 'utf16le') });
  await expect(utf16).rejects.toThrow('netpilot.json is UTF-16');
  const nowhere = importMade({ 'netpilot.json': tablesFile({ whitelist: [{ name: 'x' }] }) });
  await expect(nowhere).rejects.toThrow('netpilot.json, table whitelist, record 1, ip is missing');
  await withFolder({ 'notes.txt': '' }, async (folder) => {
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'data', 'mode.json'), '{"mode": "none"}');
    const options = { actor: { userId: await createUser(service), kind: 'operator' as const } };
    await expect(
      importFolder(addresses.service, { source: folder, routerId: 'home', ...options }),
    ).rejects.toThrow(`import ${join(folder, 'data')}.`);
  });
});

test.each<[string, Record<string, string>, string[]]>([
  [
    'X_config.json beside a full netpilot.json',
    { 'netpilot.json': tablesFile({ devices: [] }), 'whitelist_config.json': '{}' },
    ['tinydb'],
  ],
  ['an empty netpilot.json', { 'netpilot.json': '' }, ['tinydb']],
  [
    'devices.json and what was left',
    { 'devices.json': tablesFile({ devices: [] }), 'bandwidth_mode.json': '{"mode": "none"}' },
    ['split'],
  ],
])('the generation is told by its stores: %s', async (_, files, generations) => {
  const { report } = await importMade(files);
  expect(report.generations.map(({ generation }) => generation)).toEqual(generations);
});

test.each(['2025-05-tinydb-rules', '2025-05-mode-only', '2025-05-split', '2025-06-split-rates'])(
  '%s has the device of all its stores once, first seen when the oldest says',
  async (folder) => {
    const { rows } = await importReal(folder);
    expect(
      await rows(
        `select to_char(first_seen at time zone 'UTC', 'YYYY-MM-DD') as first from user_devices where mac = 'd8:bb:c1:cc:6a:db'`,
      ),
    ).toEqual([{ first: '2025-04-18' }]);
  },
);

test('2025-03-sqlite-by-mac: a blocked device without address, and its other rule kept whole', async () => {
  const { rows } = await importReal('2025-03-sqlite-by-mac');
  expect(
    await rows(
      `select b.device_mac as mac, d.hostname, d.device_name, d.holds_ip from user_blocked_devices b join user_devices d on d.id = b.device_id`,
    ),
  ).toEqual([
    { mac: '02:00:5e:a4:7c:33', hostname: null, device_name: "Sam's Tablet", holds_ip: false },
  ]);
  expect(
    await rows(
      `select element -> 'record' ->> 'rule_value' as value from user_settings, jsonb_array_elements(setting_value) element
       where setting_key = 'legacy.device_rules'`,
    ),
  ).toEqual([{ value: '100' }]);
});
