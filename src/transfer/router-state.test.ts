/** `netpilot_state.json`, which the old program kept on the router: what was in force there when it was last controlled. */
import { expect, test } from 'vitest';
import { importFiles, rowsOf, tablesFile } from '../../testing/data-folder.ts';
import { createTestDatabase, createUser } from '../../testing/database.ts';

const { service, addresses } = await createTestDatabase();

const MAC = '02:1b:00:00:00:01';
const STATE = {
  active_mode: 'blacklist',
  rates: {
    whitelist_full: '900mbit',
    whitelist_limited: '40mbit',
    blacklist_full: '800mbit',
    blacklist_limited: '30mbit',
  },
  devices: { whitelist: ['192.168.1.20'], blacklist: [MAC.toUpperCase(), '192.168.1.30'] },
};

async function importState(state: unknown, others: Record<string, string> = {}) {
  const userId = await createUser(service);
  const files = { ...others, 'netpilot_state.json': JSON.stringify(state) };
  const report = await importFiles(addresses.service, userId, files);
  const rows = (query: string) => rowsOf(service, userId, query);
  const [policy] = await rows(
    `select mode, whitelist_limit_rate, whitelist_full_rate, blacklist_limit_rate, blacklist_full_rate
     from router_policies`,
  );
  expect(await importFiles(addresses.service, userId, files)).toMatchObject({
    outcome: 'nothing new',
  });
  return { report, rows, policy };
}

const RATES = {
  whitelist_limit_rate: 40_000_000,
  whitelist_full_rate: 900_000_000,
  blacklist_limit_rate: 30_000_000,
  blacklist_full_rate: 800_000_000,
};

test('alone, it gives the mode, the four rates and both lists', async () => {
  const { report, rows, policy } = await importState(STATE);
  expect(report.totals).toMatchObject({ read: 4, written: 4, rejected: 0 });
  expect(policy).toEqual({ mode: 'blacklist', ...RATES });
  expect(await rows('select host(device_ip) as ip, device_mac from user_whitelists')).toEqual([
    { ip: '192.168.1.20', device_mac: null },
  ]);
  expect(
    await rows('select host(device_ip) as ip, device_mac from user_blacklists order by device_mac'),
  ).toEqual([
    { ip: '0.0.0.0', device_mac: MAC },
    { ip: '192.168.1.30', device_mac: null },
  ]);
  expect(
    await rows(
      `select setting_value as value from user_settings where setting_key = 'blacklist_limit_rate'`,
    ),
  ).toEqual([{ value: '30mbit' }]);
});

test('in a folder, it outweighs the older files, which are named and kept', async () => {
  const { report, rows, policy } = await importState(STATE, {
    'mode.json': '{"mode": "whitelist"}',
    'whitelist.json': '{"Wan_Interface": "eth1", "Limit_Rate": "50mbit", "Full_Rate": "900mbit"}',
    'blacklist.json': '{"Wan_Interface": "eth1", "Limit_Rate": "30.0mbit"}',
    'blacklist_config.json': '{"Wan_Interface": "eth1", "Limit_Rate": "10mbit"}',
    'netpilot.json': tablesFile({ blacklist: [{ mac: MAC, ip: '192.168.1.40' }] }),
  });
  expect(policy).toEqual({ mode: 'blacklist', ...RATES });
  expect(await rows('select device_mac from user_blacklists order by 1')).toHaveLength(2);
  const notes = report.notes.map(({ file, code, values }) => [file, code, values]);
  expect(notes).toContainEqual([
    'netpilot_state.json',
    'mode_used',
    expect.objectContaining({ mode: 'blacklist' }),
  ]);
  expect(notes).toContainEqual([
    'mode.json',
    'mode_differs',
    expect.objectContaining({ mode: 'whitelist', used: 'blacklist' }),
  ]);
  expect(notes).toContainEqual([
    'whitelist.json',
    'differs',
    { other: 'netpilot_state.json', differences: 'Limit_Rate: "50mbit" ≠ "40mbit"' },
  ]);
  const settings = await rows('select setting_key as key from user_settings order by 1');
  expect(settings).toContainEqual({ key: 'blacklist_wan_interface' });
  expect(settings).toContainEqual({ key: 'legacy.whitelist' });
});

test('as the old program made it at first, it changes no device', async () => {
  const { policy, rows } = await importState({
    active_mode: 'none',
    rates: { whitelist_full: '1000mbit', whitelist_limited: '50mbit', blacklist_limited: '50mbit' },
    devices: { whitelist: [], blacklist: [] },
  });
  expect(policy).toMatchObject({ mode: 'none', whitelist_full_rate: 1_000_000_000 });
  expect(await rows('select from user_devices')).toEqual([]);
});

test.each([
  [{ ...STATE, active_mode: 'party' }, 'not_a_mode'],
  [{ ...STATE, rates: { whitelist_limited: 'fast' } }, 'not_a_rate'],
  [{ ...STATE, devices: { whitelist: ['nobody'] } }, 'not_an_address'],
  [[], 'not_an_object'],
])('%j is refused, and says why', async (state, code) => {
  await expect(importState(state)).rejects.toMatchObject({
    report: { rejects: [expect.objectContaining({ file: 'netpilot_state.json', code })] },
  });
});
