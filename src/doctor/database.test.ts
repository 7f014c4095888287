import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { describeCatalog } from '../../testing/catalog.ts';
import { createCommandLine } from '../../testing/command-line.ts';
import { freePort } from '../../testing/free-port.ts';
import { type Config, parseConfig } from '../config/config.ts';
import { type DatabaseAddress, SERVICE_ROLE } from '../config/database-address.ts';
import { readOrMakeSecrets } from '../database/embedded/secrets.ts';
import { migrateDown, migrateUp } from '../database/migrate.ts';
import { openDatabase } from '../database/pool.ts';
import { withClient } from '../database/roles.ts';
import { migrationNames } from '../database/schema-version.ts';
import { readOrMakeHostKeys } from '../fleet/openwrt/host-key.ts';
import { openUnchanged } from './database.ts';
import { examine } from './examine.ts';
import type { Finding } from './check.ts';

const { netpilot, addresses, data, folder } = await createCommandLine();
const { admin } = addresses;

const embedded = parseConfig({ NETPILOT_DATA: data });
const externalAt = (address: DatabaseAddress): Config => ({
  ...embedded,
  database: { kind: 'external', secretKey: 'only for this test', address },
});

const run = (sql: string) => withClient(admin, (client) => client.query(sql));

async function findingsOf(config: Config): Promise<Finding[]> {
  const opened = await openUnchanged(config);
  try {
    return await examine(config, opened);
  } finally {
    await opened.leave();
  }
}

/** Findings other than ok. */
async function problems(config = embedded): Promise<Finding[]> {
  return (await findingsOf(config)).filter(({ state }) => state !== 'ok');
}

/** The command to run, from the finding's fix. */
const commandOf = (finding: Finding | undefined) =>
  /run `([^`]+)`/.exec(finding?.fix ?? '')?.[1] ?? '';

describe('a healthy database', () => {
  test('passes check by check, with exit code 0', async () => {
    const { code, stdout, stderr } = await netpilot(['doctor']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('All checks passed.');
    const checks = lines.slice(0, -2).map((line) => /^ok {4}(\S+(?: \S+)*) {2}/.exec(line)?.[1]);
    expect(checks).toEqual([
      'database',
      'roles',
      'migrations',
      'row-level security',
      'partitions',
      'commands-server',
      'nats',
      'port for routers',
      'dialled routers',
      'reverse proxy',
      'encryption',
      'issuer',
      'clock',
      'disk',
    ]);
  });

  test('is not changed by the checks', async () => {
    const before = await describeCatalog(admin);
    await findingsOf(embedded);
    expect(await describeCatalog(admin)).toEqual(before);
  });
});

describe('missing migrations', () => {
  test('are named, with exit code 5, and the command given fixes it', async () => {
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
          message: `The database lacks ${newest}.`,
          fix: 'run `netpilot migrate up`.',
        },
      ]),
    });
    expect((await netpilot(['migrate', 'up'])).stdout).toBe(`Applied ${newest}.\n`);
    expect(await problems()).toEqual([]);
  });

  test('that this program does not know are named by every command alike', async () => {
    await run(`insert into kysely_migration values ('9999_future', now()::text)`);
    const [found, ...others] = await problems();
    expect(others).toEqual([]);
    expect(found?.message).toMatch(/of a newer NetPilot: .* does not know 9999_future\.$/);
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
        stderr: expect.stringContaining(`${found?.message} To fix it, ${found?.fix}`),
      });
    }
    await run(`delete from kysely_migration where name = '9999_future'`);
  });

  test('are all of them on an empty database, which is not changed by the checks', async () => {
    await run('create database empty template template0');
    const database = { ...admin, database: 'empty' };
    const found = await problems(externalAt(database));
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
      expect(await problems()).toMatchObject([
        {
          check: 'row-level security',
          state: 'fail',
          message: 'user_devices lacks forced row-level security.',
          fix: expect.stringContaining('or restore a backup'),
        },
      ]);
    },
  );

  test('a policy without a condition is found', async () => {
    await run('create policy everybody on user_devices using (true)');
    expect(await problems()).toMatchObject([
      { message: 'user_devices lacks a condition in its policy everybody.' },
    ]);
    await run('drop policy everybody on user_devices');
  });

  test("a table that is not the owner's is found, and the command given fixes it", async () => {
    await run('alter table user_devices owner to netpilot_service');
    const [found, ...others] = await problems();
    expect(others).toEqual([]);
    expect(found?.message).toBe('user_devices belongs to netpilot_service.');
    await run(commandOf(found));
    await run('grant select, insert, update, delete on user_devices to netpilot_service');
    expect(await problems()).toEqual([]);
  });
});

test('a partition that is not made ahead is a warning, until the worker has made it', async () => {
  const ahead = `select partition::text as name from partitions_of('events')
    where not is_default and from_id > first_id_at(now()) order by from_id limit 1`;
  const tomorrow = (await run(ahead)).rows[0].name;
  await run(`drop table ${tomorrow}`);
  expect(await problems()).toMatchObject([
    {
      check: 'partitions',
      state: 'warn',
      message: expect.stringMatching(/^None for tomorrow: events\./),
    },
  ]);
  await run('select keep_partitions()');
  expect(await problems()).toEqual([]);
});

describe('the host key', () => {
  test('is that of the SECRET_KEY of the first start, or the routers stay away', async () => {
    const { database, close } = openDatabase(addresses.service, { role: SERVICE_ROLE });
    onTestFinished(close);
    const { secretKey } = readOrMakeSecrets(data);
    const { fingerprint } = (await readOrMakeHostKeys(database, secretKey)).ed25519;
    expect(await findingsOf(embedded)).toContainEqual({
      check: 'host key',
      state: 'ok',
      message: `Routers know ${fingerprint}.`,
    });
    const SECRET_KEY = 'another one, of more than 32 characters';
    const other = parseConfig({ NETPILOT_DATA: data, SECRET_KEY });
    const message = `SECRET_KEY is not that of the first start: the routers linked then know ${fingerprint}, but the service`;
    expect(await problems(other)).toMatchObject([
      { check: 'host key', state: 'warn', message: expect.stringContaining(message) },
    ]);
    const { ed25519: second } = await readOrMakeHostKeys(database, SECRET_KEY);
    expect(await problems(other)).toMatchObject([
      {
        message: `${message} has ${second.fingerprint}, which only routers linked since then know. They stay away.`,
      },
    ]);
    expect(await problems()).toEqual([]);
    await run('delete from server_keys');
  });
});

describe('roles', () => {
  test.each([
    ['alter role netpilot_service bypassrls', 'netpilot_service can bypass row-level security'],
    ['alter role netpilot_owner superuser', 'netpilot_owner is a superuser'],
    ['grant netpilot_owner to netpilot_service', 'netpilot_service can become netpilot_owner'],
  ])('after `%s` it is found, and the command given fixes it', async (change, message) => {
    await run(change);
    const [found, ...others] = await problems();
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      check: 'roles',
      state: 'fail',
      message: expect.stringContaining(message),
    });
    await run(commandOf(found));
    expect(await problems()).toEqual([]);
  });

  test('a login with more rights than needed is a warning on an external database', async () => {
    expect(await problems(externalAt(admin))).toMatchObject([
      {
        check: 'roles',
        state: 'warn',
        message: 'The login netpilot_admin has more rights than NetPilot needs (superuser).',
        fix: expect.stringContaining('create role netpilot login'),
      },
    ]);
  });

  test('missing ones are named, with the command that creates them', async () => {
    await migrateDown(admin, migrationNames().length);
    await run('drop owned by netpilot_owner; drop owned by netpilot_service');
    await run(
      'alter database netpilot owner to netpilot_admin; drop role netpilot_owner, netpilot_service',
    );
    const [found] = await problems(externalAt(admin));
    expect(found).toEqual({
      check: 'roles',
      state: 'fail',
      message: 'netpilot_owner and netpilot_service do not exist.',
      fix: 'run `netpilot migrate up`.',
    });
    await migrateUp(admin);
  });
});

describe('a database that cannot be reached', () => {
  test('fails with its reason, and what to look at', async () => {
    const address = { ...admin, host: '127.0.0.1', port: await freePort() };
    expect(await problems(externalAt(address))).toMatchObject([
      {
        check: 'database',
        state: 'fail',
        message: expect.stringContaining('ECONNREFUSED'),
        fix: expect.stringContaining('`netpilot config` shows them'),
      },
    ]);
  });

  test('because there is none yet is not a failure, and none is created', async () => {
    const nowhere = join(folder, 'nowhere');
    const { code, stdout } = await netpilot(['doctor', '--data', nowhere]);
    expect(code).toBe(0);
    expect(stdout).toContain(`warn  database            There is no database in ${nowhere} yet.`);
    expect(stdout).toContain('      → run `netpilot serve` to create it.');
  });

  test('because its passwords are missing fails, and no new ones are created', async () => {
    const lost = join(folder, 'lost');
    mkdirSync(join(lost, 'postgres'), { recursive: true });
    expect(await problems(parseConfig({ NETPILOT_DATA: lost }))).toEqual([
      {
        check: 'database',
        state: 'fail',
        message: `The passwords of the database in ${lost} are missing (secrets.json).`,
        fix: 'restore that file from a copy of the data folder.',
      },
    ]);
  });
});
