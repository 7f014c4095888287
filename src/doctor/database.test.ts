import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { describeCatalog } from '../../testing/catalog.ts';
import { createCommandLine } from '../../testing/command-line.ts';
import { freePort } from '../../testing/free-port.ts';
import { type Config, parseConfig } from '../config/config.ts';
import type { DatabaseAddress } from '../config/database-address.ts';
import { migrateDown, migrateUp } from '../database/migrate.ts';
import { withClient } from '../database/roles.ts';
import { migrationNames } from '../database/schema-version.ts';
import { openUntouched } from './database.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';

const { netpilot, addresses, data, folder } = await createCommandLine();
const { admin } = addresses;

const embedded = parseConfig({ NETPILOT_DATA: data });
const externalAt = (address: DatabaseAddress): Config => ({
  ...embedded,
  database: { kind: 'external', secretKey: 'only for this test', address },
});

const run = (sql: string) => withClient(admin, (client) => client.query(sql));

async function findingsOf(config: Config): Promise<Finding[]> {
  const patient = await openUntouched(config);
  try {
    return await examine(config, patient);
  } finally {
    await patient.leave();
  }
}

/** What is not well, and nothing else. */
async function complaints(config = embedded): Promise<Finding[]> {
  return (await findingsOf(config)).filter(({ state }) => state !== 'ok');
}

/** The command that a finding says to run. */
const commandOf = (finding: Finding | undefined) =>
  /run `([^`]+)`/.exec(finding?.mend ?? '')?.[1] ?? '';

describe('a database that is well', () => {
  test('is said to be so, check by check, with exit code 0', async () => {
    const { code, stdout, stderr } = await netpilot(['doctor']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('NetPilot is well.');
    const checks = lines.slice(0, -2).map((line) => /^ok {4}(\S+(?: \S+)*) {2}/.exec(line)?.[1]);
    expect(checks).toEqual([
      'database',
      'roles',
      'migrations',
      'row-level security',
      'commands-server',
      'dialled routers',
      'issuer',
      'clock',
      'disk',
    ]);
  });

  test('is not changed by being looked at', async () => {
    const before = await describeCatalog(admin);
    await findingsOf(embedded);
    expect(await describeCatalog(admin)).toEqual(before);
  });
});

describe('migrations that are missing', () => {
  test('are named, with exit code 5, and the command that is said mends it', async () => {
    await migrateDown(admin, 1);
    const newest = migrationNames().at(-1);
    const { code, stdout } = await netpilot(['doctor', '--json']);
    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      findings: expect.arrayContaining([
        {
          check: 'migrations',
          state: 'fail',
          says: `The database lacks ${newest}.`,
          mend: 'run `netpilot migrate up`.',
        },
      ]),
    });
    expect((await netpilot(['migrate', 'up'])).stdout).toBe(`Applied ${newest}.\n`);
    expect(await complaints()).toEqual([]);
  });

  test('that this program does not know are named by every command alike', async () => {
    await run(`insert into kysely_migration values ('9999_future', now()::text)`);
    const [found, ...others] = await complaints();
    expect(others).toEqual([]);
    expect(found?.says).toMatch(/of a newer NetPilot: .* does not know 9999_future\.$/);
    for (const args of [
      ['serve', '--port', String(await freePort())],
      ['migrate', 'up'],
      ['migrate', 'status'],
      ['migrate', 'down', '--yes'],
      ['user', 'list'],
    ]) {
      const { code, stderr } = await netpilot(args);
      expect({ args, code, stderr }).toEqual({
        args,
        code: 5,
        stderr: expect.stringContaining(`${found?.says} To fix it, ${found?.mend}`),
      });
    }
    await run(`delete from kysely_migration where name = '9999_future'`);
  });

  test('are all of them on an empty database, which is not made ready by looking', async () => {
    await run('create database empty template template0');
    const database = { ...admin, database: 'empty' };
    const found = await complaints(externalAt(database));
    expect(found.map(({ check, state }) => [check, state])).toEqual([
      ['roles', 'warn'],
      ['migrations', 'fail'],
      ['row-level security', 'warn'],
    ]);
    expect(await describeCatalog(database)).toEqual(
      await describeCatalog({ ...admin, database: 'template1' }),
    );
    await run('drop database empty');
  });
});

describe('row-level security', () => {
  afterEach(() =>
    run('alter table user_devices enable row level security, force row level security'),
  );

  test.each(['disable row level security', 'no force row level security'])(
    'missing by `%s` is found, table by table',
    async (change) => {
      await run(`alter table user_devices ${change}`);
      expect(await complaints()).toMatchObject([
        {
          check: 'row-level security',
          state: 'fail',
          says: 'user_devices lacks forced row-level security.',
          mend: expect.stringContaining('or restore a backup'),
        },
      ]);
    },
  );

  test('a policy without a condition is found', async () => {
    await run('create policy everybody on user_devices using (true)');
    expect(await complaints()).toMatchObject([
      { says: 'user_devices lacks a condition in its policy everybody.' },
    ]);
    await run('drop policy everybody on user_devices');
  });

  test("a table that is not the owner's is found, and the command that is said mends it", async () => {
    await run('alter table user_devices owner to netpilot_service');
    const [found, ...others] = await complaints();
    expect(others).toEqual([]);
    expect(found?.says).toBe('user_devices belongs to netpilot_service.');
    await run(commandOf(found));
    await run('grant select, insert, update, delete on user_devices to netpilot_service');
    expect(await complaints()).toEqual([]);
  });
});

describe('roles', () => {
  test.each([
    ['alter role netpilot_service bypassrls', 'netpilot_service may bypass row-level security'],
    ['alter role netpilot_owner superuser', 'netpilot_owner is a superuser'],
    ['grant netpilot_owner to netpilot_service', 'netpilot_service may become netpilot_owner'],
  ])('after `%s` it is found, and the command that is said mends it', async (change, says) => {
    await run(change);
    const [found, ...others] = await complaints();
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      check: 'roles',
      state: 'fail',
      says: expect.stringContaining(says),
    });
    await run(commandOf(found));
    expect(await complaints()).toEqual([]);
  });

  test('a login that can do more than it needs is a warning on an external database', async () => {
    expect(await complaints(externalAt(admin))).toMatchObject([
      {
        check: 'roles',
        state: 'warn',
        says: 'The login netpilot_admin is more powerful than NetPilot needs (superuser).',
        mend: expect.stringContaining('create role netpilot login'),
      },
    ]);
  });

  test('that are not there are named, with the command that makes them', async () => {
    await migrateDown(admin, migrationNames().length);
    await run('drop owned by netpilot_owner; drop owned by netpilot_service');
    await run(
      'alter database netpilot owner to netpilot_admin; drop role netpilot_owner, netpilot_service',
    );
    const [found] = await complaints(externalAt(admin));
    expect(found).toEqual({
      check: 'roles',
      state: 'fail',
      says: 'netpilot_owner and netpilot_service are not there.',
      mend: 'run `netpilot migrate up`.',
    });
    await migrateUp(admin);
  });
});

describe('a database that cannot be had', () => {
  test('outside is said with its reason, and with what to look at', async () => {
    const address = { ...admin, host: '127.0.0.1', port: await freePort() };
    expect(await complaints(externalAt(address))).toMatchObject([
      {
        check: 'database',
        state: 'fail',
        says: expect.stringContaining('ECONNREFUSED'),
        mend: expect.stringContaining('`netpilot config` shows them'),
      },
    ]);
  });

  test('because there is none yet is no failure, and none is made', async () => {
    const nowhere = join(folder, 'nowhere');
    const { code, stdout } = await netpilot(['doctor', '--data', nowhere]);
    expect(code).toBe(0);
    expect(stdout).toContain(`warn  database            There is no database in ${nowhere} yet.`);
    expect(stdout).toContain('      → `netpilot serve` makes it.');
  });

  test('because its passwords are gone is said, and no new ones are made', async () => {
    const lost = join(folder, 'lost');
    mkdirSync(join(lost, 'postgres'), { recursive: true });
    expect(await complaints(parseConfig({ NETPILOT_DATA: lost }))).toEqual([
      {
        check: 'database',
        state: 'fail',
        says: `The passwords of the database in ${lost} are gone (secrets.json).`,
        mend: 'restore that file from a copy of the data folder.',
      },
    ]);
  });
});
