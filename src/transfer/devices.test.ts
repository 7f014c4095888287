import { describe, expect, test } from 'vitest';
import { devicesFile, importFiles, rowsOf, tablesFile } from '../../testing/data-folder.ts';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import type { ImportOptions } from './import.ts';

const { service, addresses } = await createTestDatabase();
const [MAC, OTHER] = ['9a:8d:bc:e0:52:41', '9a:8d:bc:e0:52:42'];
const day = (number: number) => `2025-06-${String(number).padStart(2, '0')}T12:00:00`;

/** A sighting of a device from one day of June to another. */
const seen = (ip: string, mac: string | null, first: number, last = first, more: object = {}) => ({
  ip,
  mac,
  hostname: 'phone',
  first_seen: day(first),
  last_seen: day(last),
  ...more,
});

async function someone() {
  const userId = await createUser(service);
  return {
    import: (records: object[], options: Partial<ImportOptions> = {}) =>
      importFiles(addresses.service, userId, devicesFile(...records), options),
    rows: (query: string) => rowsOf(service, userId, query),
    devices: () =>
      rowsOf(
        service,
        userId,
        `select host(ip) as ip, mac, extract(day from first_seen)::int as first, extract(day from last_seen)::int as last, holds_ip as holds
         from user_devices order by mac nulls first, ip`,
      ),
    history: () =>
      rowsOf(
        service,
        userId,
        `select host(ip) as ip, extract(day from first_seen)::int as first, extract(day from last_seen)::int as last
         from device_addresses order by ip`,
      ),
  };
}

describe('a device', () => {
  test('seen at two addresses is where it was seen last, and has been at the other', async () => {
    const user = await someone();
    const report = await user.import([
      seen('10.0.0.1', MAC, 1, 5),
      seen('10.0.0.2', MAC.toUpperCase().replaceAll(':', '-'), 3, 4),
    ]);
    expect(report.totals).toEqual({ read: 2, written: 2, unchanged: 0, rejected: 0 });
    expect(await user.devices()).toEqual([
      { ip: '10.0.0.1', mac: MAC, first: 1, last: 5, holds: true },
    ]);
    expect(await user.history()).toEqual([{ ip: '10.0.0.2', first: 3, last: 4 }]);
  });

  test('loses its address to who was seen there later', async () => {
    const user = await someone();
    await user.import([seen('10.0.0.1', MAC, 1, 5), seen('10.0.0.1', OTHER, 2, 6)]);
    expect(await user.devices()).toEqual([
      { ip: '10.0.0.1', mac: MAC, first: 1, last: 5, holds: false },
      { ip: '10.0.0.1', mac: OTHER, first: 2, last: 6, holds: true },
    ]);
  });

  test('swaps addresses with another in one import', async () => {
    const user = await someone();
    await user.import([seen('10.0.0.1', MAC, 1), seen('10.0.0.2', OTHER, 1)]);
    await user.import([seen('10.0.0.2', MAC, 2), seen('10.0.0.1', OTHER, 2)]);
    expect(await user.devices()).toEqual([
      { ip: '10.0.0.2', mac: MAC, first: 1, last: 2, holds: true },
      { ip: '10.0.0.1', mac: OTHER, first: 1, last: 2, holds: true },
    ]);
    expect(await user.history()).toEqual([
      { ip: '10.0.0.1', first: 1, last: 1 },
      { ip: '10.0.0.2', first: 1, last: 1 },
    ]);
  });

  test('that the database has seen later stays as it is; the file adds to its past', async () => {
    const user = await someone();
    await user.import([seen('10.0.0.9', MAC, 20, 25, { hostname: 'new' })]);
    await user.import([seen('10.0.0.1', MAC, 1, 5, { hostname: 'old', device_name: 'Kitchen' })]);
    expect(await user.devices()).toEqual([
      { ip: '10.0.0.9', mac: MAC, first: 1, last: 25, holds: true },
    ]);
    expect(await user.history()).toEqual([{ ip: '10.0.0.1', first: 1, last: 5 }]);
    expect(await user.rows('select hostname, device_name from user_devices')).toEqual([
      { hostname: 'new', device_name: 'Kitchen' },
    ]);
  });

  test('keeps the name its user gave it, whatever the file has', async () => {
    const user = await someone();
    await user.import([seen('10.0.0.1', MAC, 1, 1, { device_name: 'Mine' })]);
    await user.import([seen('10.0.0.1', MAC, 2, 2, { device_name: null })]);
    await user.import([seen('10.0.0.1', MAC, 3, 3, { device_name: 'Theirs' })]);
    expect(
      await user.rows(
        'select device_name, extract(day from last_seen)::int as last from user_devices',
      ),
    ).toEqual([{ device_name: 'Mine', last: 3 }]);
  });

  test('without a hardware address is its address; the router is one', async () => {
    const user = await someone();
    await user.import([
      seen('10.0.0.1', 'router', 1),
      seen('10.0.0.2', null, 1),
      seen('10.0.0.2', '', 2),
      seen('10.0.0.3', '00:00:00:00:00:00', 1),
      seen('fe80::1', null, 1),
      seen('fe80:0::0:1', null, 2),
    ]);
    expect(
      await user.rows(
        'select host(ip) as ip, mac, is_router from user_devices order by user_devices.ip',
      ),
    ).toEqual([
      { ip: '10.0.0.1', mac: null, is_router: true },
      { ip: '10.0.0.2', mac: null, is_router: false },
      { ip: '10.0.0.3', mac: null, is_router: false },
      { ip: 'fe80::1', mac: null, is_router: false },
    ]);
  });

  test('that is there three times, alike, is one device and three records', async () => {
    const user = await someone();
    const { totals } = await user.import([
      seen('10.0.0.1', MAC, 1),
      seen('10.0.0.1', MAC, 1),
      seen('10.0.0.1', MAC, 1),
    ]);
    expect(totals).toEqual({ read: 3, written: 3, unchanged: 0, rejected: 0 });
    expect(await user.devices()).toHaveLength(1);
  });

  test('has no name where the old program made one up, or wrote "Unknown", or nothing', async () => {
    const user = await someone();
    await user.import([
      seen('10.0.0.1', MAC, 1, 1, { hostname: 'Unknown', device_name: 'Device-10.0.0.1' }),
      seen('10.0.0.2', OTHER, 1, 1, { hostname: ' ', device_name: '' }),
    ]);
    expect(await user.rows('select distinct hostname, device_name from user_devices')).toEqual([
      { hostname: null, device_name: null },
    ]);
  });

  test('with fields of no column is imported, and kept whole besides', async () => {
    const user = await someone();
    const report = await user.import([seen('10.0.0.1', MAC, 1, 1, { vendor: 'Acme' })]);
    expect(report.totals).toEqual({ read: 2, written: 2, unchanged: 0, rejected: 0 });
    expect(
      await user.rows(
        `select setting_value -> 0 -> 'record' ->> 'vendor' as vendor from user_settings where setting_key = 'legacy.devices'`,
      ),
    ).toEqual([{ vendor: 'Acme' }]);
  });

  test('is read in the zone of its folder, exactly', async () => {
    const user = await someone();
    const record = {
      ip: '10.0.0.1',
      mac: MAC,
      first_seen: '2025-03-30T01:59:59.000001',
      last_seen: '2025-03-30T03:00:00.999999',
    };
    const report = await user.import([record], { timezone: 'Europe/Berlin' });
    expect(report.timezone).toBe('Europe/Berlin');
    expect(await user.rows(`select first_seen, last_seen from user_devices`)).toEqual([
      { first_seen: '2025-03-30T00:59:59.000001Z', last_seen: '2025-03-30T01:00:00.999999Z' },
    ]);
  });

  test('has the name that the file has, whatever COPY makes of its characters', async () => {
    const user = await someone();
    const names = [String.raw`\N`, 'a\tb', 'a\nb\r', String.raw`a\tb\.`];
    await user.import(
      names.map((hostname, index) => seen(`10.0.0.${index + 1}`, null, 1, 1, { hostname })),
    );
    expect(await user.rows('select hostname from user_devices order by ip')).toEqual(
      names.map((hostname) => ({ hostname })),
    );
  });

  test('of one router is not a device of another', async () => {
    const user = await someone();
    await user.import([seen('10.0.0.1', MAC, 1)]);
    await user.import([seen('10.0.0.1', MAC, 1)], { routerId: 'office' });
    expect(await user.rows('select router_id from user_devices order by 1')).toEqual([
      { router_id: 'home' },
      { router_id: 'office' },
    ]);
  });
});

describe('a list', () => {
  test('makes the device that no table has, on the day it was listed', async () => {
    const userId = await createUser(service);
    const entry = {
      ip: '10.0.0.7',
      mac: MAC,
      name: 'TV',
      added_at: `${day(3)}Z`,
      description: 'all day',
    };
    await importFiles(addresses.service, userId, {
      'netpilot.json': tablesFile({ whitelist: [entry], blacklist: [entry] }),
    });
    expect(
      await rowsOf(
        service,
        userId,
        `select host(ip) as ip, d.device_name, first_seen, last_seen, w.description, b.reason
        from user_devices d join user_whitelists w on w.device_id = d.id join user_blacklists b on b.device_id = d.id`,
      ),
    ).toEqual([
      {
        ip: '10.0.0.7',
        device_name: 'TV',
        first_seen: `${day(3)}.000000Z`,
        last_seen: `${day(3)}.000000Z`,
        description: 'all day',
        reason: 'all day',
      },
    ]);
  });

  test('names a device by its address alone where it knows no more', async () => {
    const userId = await createUser(service);
    await importFiles(addresses.service, userId, {
      ...devicesFile(seen('10.0.0.7', MAC, 1)),
      'netpilot.json': tablesFile({
        whitelist: [{ ip: '10.0.0.7', added_at: day(2) }, { ip: '10.0.0.8' }],
      }),
    });
    expect(
      await rowsOf(
        service,
        userId,
        `select host(device_ip) as ip, d.mac from user_whitelists w left join user_devices d on d.id = w.device_id order by 1`,
      ),
    ).toEqual([
      { ip: '10.0.0.7', mac: MAC },
      { ip: '10.0.0.8', mac: null },
    ]);
  });

  test('keeps what the database says of an entry, and completes what it left open', async () => {
    const userId = await createUser(service);
    const list = (name: string | null, description: string) => ({
      'netpilot.json': tablesFile({
        whitelist: [{ ip: '10.0.0.7', mac: MAC, name, description, added_at: day(1) }],
      }),
    });
    await importFiles(addresses.service, userId, list(null, 'first'));
    await importFiles(addresses.service, userId, list('TV', 'second'));
    expect(
      await rowsOf(service, userId, 'select device_name, description from user_whitelists'),
    ).toEqual([{ device_name: 'TV', description: 'first' }]);
    expect(await rowsOf(service, userId, 'select policy_revision from router_policies')).toEqual([
      { policy_revision: 2 },
    ]);
  });
});

describe('a rule', () => {
  const rule = (more: object) => ({
    mac: MAC,
    ip: '10.0.0.7',
    rule_name: 'block',
    rule_value: '1',
    ...more,
  });
  const rules = (...records: object[]) => ({
    'netpilot.json': tablesFile({ device_rules: records }),
  });

  test('that blocks is a block, once; every other is kept', async () => {
    const userId = await createUser(service);
    const report = await importFiles(
      addresses.service,
      userId,
      rules(
        rule({}),
        rule({}),
        rule({ rule_value: '0' }),
        rule({ rule_name: 'schedule', rule_value: '8-10' }),
        rule({ mac: 'router' }),
      ),
    );
    expect(report.totals).toEqual({ read: 5, written: 5, unchanged: 0, rejected: 0 });
    expect(await rowsOf(service, userId, 'select is_active from user_blocked_devices')).toEqual([
      { is_active: true },
    ]);
    expect(
      await rowsOf(
        service,
        userId,
        `select jsonb_array_length(setting_value) as kept from user_settings where setting_key = 'legacy.device_rules'`,
      ),
    ).toEqual([{ kept: 3 }]);
  });

  test('does not block again whom its user has unblocked', async () => {
    const userId = await createUser(service);
    await importFiles(addresses.service, userId, rules(rule({})));
    await rowsOf(
      service,
      userId,
      'update user_blocked_devices set is_active = false, unblocked_at = now()',
    );
    const { outcome } = await importFiles(addresses.service, userId, rules(rule({})));
    expect(outcome).toBe('nothing new');
    expect(await rowsOf(service, userId, 'select is_active from user_blocked_devices')).toEqual([
      { is_active: false },
    ]);
  });
});
