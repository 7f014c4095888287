import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCommandLine, hasProgram } from '../../testing/command-line.ts';
import { LEGACY_DATA, devicesFile, withFolder } from '../../testing/data-folder.ts';
import { withClient } from '../database/roles.ts';

const { netpilot, json, onTerminal, addresses, folder } = await createCommandLine();

const GOOD = devicesFile({
  ip: '10.0.0.3',
  mac: '02:00:00:00:00:01',
  last_seen: '2025-06-01T12:00:00',
});
const BAD = devicesFile(
  { ip: '10.0.0.3', mac: '02:00:00:00:00:01', last_seen: '2025-06-01T12:00:00' },
  { ip: '10.0.0.300', mac: '02:00:00:00:00:02', last_seen: '2025-06-01T12:00:00' },
);

/** Every row of every user, with the transaction that wrote it. */
async function everything(): Promise<string[]> {
  const { rows } = await withClient(addresses.admin, (client) =>
    client.query<{ row: string }>(
      ['users', 'user_routers', 'user_devices', 'user_settings', 'imports', 'audit_entries']
        .map((name) => `select '${name} ' || t.xmin || ' ' || to_jsonb(t) as row from ${name} t`)
        .join(' union all '),
    ),
  );
  return rows.map(({ row }) => row).toSorted();
}

describe('the real folders of the old program', () => {
  test.each(readdirSync(LEGACY_DATA).filter((name) => !name.includes('.')))(
    '%s is imported, every record accounted for, and the second time writes no row',
    async (name) => {
      const args = ['import', join(LEGACY_DATA, name), '--user', 'legacy@example.com'];
      const first = await json([...args, '--router', name]);
      expect(first).toMatchObject({
        outcome: 'imported',
        router_id: name,
        totals: { rejected: 0 },
      });
      const before = await everything();
      const again = await json([...args, '--router', name]);
      expect(again).toMatchObject({ outcome: 'nothing new', rows_written: {} });
      expect(await everything()).toEqual(before);
    },
  );
});

test('without --user and --router it is for the local user, and the router that the old program would have named', () =>
  withFolder(GOOD, async (source) => {
    const env = { NETPILOT_DATA: join(folder, 'new') };
    const first = await netpilot(['import', source, '--json'], env);
    expect(JSON.parse(first.stdout)).toMatchObject({
      outcome: 'imported',
      router_id: 'default-router-001',
    });
    const again = await netpilot(['import', source, '--json'], env);
    expect(JSON.parse(again.stdout)).toMatchObject({ outcome: 'nothing new' });
    const { stdout } = await netpilot(['user', 'list', '--json'], env);
    expect(JSON.parse(stdout).users).toMatchObject([{ email: 'local@localhost', routers: 1 }]);
  }));

test('people read a report: what was found, counted, noted', () =>
  withFolder(GOOD, async (source) => {
    const { code, stdout, stderr } = await netpilot(
      ['import', source, '--router', 'home', '--user', 'report@example.com'].concat(
        '--timezone',
        'Europe/Berlin',
      ),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Imported\.\nRouter home\.\nDates .* were read as Europe\/Berlin\./);
    expect(stdout).toMatch(/^devices\.json +devices +1 +1 +0 +0$/m);
  }));

describe('an invalid record', () => {
  const args = ['--router', 'home', '--user', 'rejected@example.com'];

  test('stops everything with exit code 3: the report is printed, nothing is written', () =>
    withFolder(BAD, async (source) => {
      const before = await everything();
      const { code, stdout, stderr } = await netpilot(['import', source, ...args]);
      expect(code).toBe(3);
      expect(stdout).toMatch(/^Stopped: nothing was written\./);
      expect(stdout).toContain(
        'Rejected: devices.json, table devices, record 2, ip ("10.0.0.300") is not an IPv4 or IPv6 address.',
      );
      expect(stderr).toMatch(/^netpilot: 1 record cannot be imported as it stands.*\n$/);
      expect(await everything()).toEqual(before);
    }));

  test('with --json the report is on standard output, and the problem on standard error', () =>
    withFolder(BAD, async (source) => {
      const { code, stdout, stderr } = await netpilot(['import', source, ...args, '--json']);
      expect(code).toBe(3);
      expect(JSON.parse(stdout)).toMatchObject({
        outcome: 'stopped',
        rejects: [{ file: 'devices.json', key: '2', field: 'ip', value: '"10.0.0.300"' }],
      });
      expect(JSON.parse(stderr)).toMatchObject({
        type: '/problems/rejected-records',
        exit_code: 3,
      });
    }));

  test('with --skip-invalid the rest is imported and the record kept', () =>
    withFolder(BAD, async (source) => {
      const report = await json(['import', source, ...args, '--skip-invalid']);
      expect(report).toMatchObject({
        outcome: 'imported',
        totals: { read: 2, written: 1, rejected: 1 },
        rows_written: { users: 1, user_devices: 1 },
      });
    }));
});

test('a dry run reports what an import would do, and keeps nothing, not even the user', () =>
  withFolder(GOOD, async (source) => {
    const before = await everything();
    const args = ['import', source, '--router', 'home', '--user', 'dry@example.com'];
    expect(await json([...args, '--dry-run'])).toMatchObject({
      outcome: 'dry run',
      rows_written: { users: 1, user_routers: 1, user_devices: 1 },
    });
    expect(await everything()).toEqual(before);
  }));

describe('an error is one line: the field, the value, what is expected', () => {
  const source = join(LEGACY_DATA, '2025-06-split');
  const person = ['--user', 'ann@example.com'];
  test.each([
    [['import'], "missing required argument 'source': see `netpilot import --help`"],
    [
      ['import', source, ...person, '--router', 'a b'],
      '--router: expected letters, digits and . _ : - after the first, 255 at most, got "a b"',
    ],
    [
      ['import', source, ...person, '--router', 'home', '--timezone', 'Berlin'],
      '--timezone: expected a time zone of the IANA database, such as Europe/Berlin, got "Berlin"',
    ],
    [
      ['import', source, '--user', 'ann'],
      '--user: expected an e-mail address such as ann@example.com, got "ann"',
    ],
    [
      ['import', source, '--rooter', 'home'],
      "unknown option '--rooter' (Did you mean --router?): see `netpilot import --help`",
    ],
    [['import', '/nowhere', ...person], '/nowhere cannot be read: ENOENT'],
    [['import', '/usr', ...person], 'There is nothing to import in /usr: no devices.db'],
  ])('netpilot %j', async (args, line) => {
    const { code, stdout, stderr } = await netpilot(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^netpilot: [^\n]*\n$/);
    expect(stderr).toContain(line);
  });

  test('--user is required if there are several users', async () => {
    const { code, stderr } = await netpilot(['import', source, '--router', 'home']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^netpilot: --user: expected the e-mail of one of the \d users .*\n$/);
  });
});

test.skipIf(!hasProgram('script'))(
  'on a terminal a bar shows the progress, and is gone at the end',
  () =>
    withFolder(GOOD, async (source) => {
      const args = ['import', source, '--router', 'terminal', '--user', 'report@example.com'];
      const { code, screen } = await onTerminal(args);
      expect(code).toBe(0);
      expect(screen).toContain('\rWriting  ██████████████████████████████ 100 %');
      expect(screen).toContain('\r\u001b[KImported.');
    }),
);
