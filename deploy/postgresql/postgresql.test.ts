/** PostgreSQL's own settings, read by PostgreSQL; its two logins, used as they are meant to be. */
import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import {
  type DatabaseAddress,
  OWNER_ROLE,
  SERVICE_ROLE,
} from '../../src/config/database-address.ts';
import { backup } from '../../src/database/backup/backup.ts';
import { restore } from '../../src/database/backup/restore.ts';
import { type EmbeddedServer, joinEmbeddedServer } from '../../src/database/embedded/server.ts';
import { migrateUp } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/pool.ts';
import { withClient } from '../../src/database/roles.ts';
import { findSchemaProblem } from '../../src/database/schema-version.ts';
import { serve } from '../../src/service/start.ts';
import { ANY_PORT } from '../../testing/command-line.ts';
import { createUser } from '../../testing/database.ts';
import { freePort } from '../../testing/free-port.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'netpilot-postgresql-'));
let server: EmbeddedServer;

function hasPsql(): boolean {
  try {
    execFileSync('psql', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The files are in force, with one line before them that lets the test's superuser in. */
beforeAll(async () => {
  for (const name of ['postgresql.conf', 'pg_hba.conf']) {
    copyFileSync(join(import.meta.dirname, name), join(folder, name));
    chmodSync(join(folder, name), 0o644);
  }
  const hba = join(folder, 'test_hba.conf');
  writeFileSync(hba, 'local all netpilot_admin scram-sha-256\ninclude pg_hba.conf\n');
  const settings = [
    `config_file=${join(folder, 'postgresql.conf')}`,
    `hba_file=${hba}`,
    'fsync=off',
  ];
  server = await joinEmbeddedServer({ dataFolder: folder, settings });
});
afterAll(async () => {
  await server.leave();
  rmSync(folder, { recursive: true });
});

const superuser = (): DatabaseAddress => ({ ...server.addresses.admin, database: 'postgres' });

test('pg_hba.conf has no error, no trust, no md5, and nobody from elsewhere', async () => {
  const { rows } = await withClient(superuser(), (client) =>
    client.query(
      `select type, database, user_name, address, auth_method, error from pg_hba_file_rules
       where file_name like '%/pg_hba.conf' order by rule_number`,
    ),
  );
  const netpilot = { database: ['netpilot'], auth_method: 'scram-sha-256', error: null };
  const logins = [['netpilot_operator'], ['netpilot_app']];
  expect(rows).toEqual([
    {
      type: 'local',
      database: ['all'],
      user_name: ['postgres'],
      address: null,
      auth_method: 'peer',
      error: null,
    },
    ...logins.map((user_name) => ({ ...netpilot, type: 'local', user_name, address: null })),
    ...logins.flatMap((user_name) =>
      ['127.0.0.1', '::1'].map((address) => ({ ...netpilot, type: 'host', user_name, address })),
    ),
  ]);
});

test('postgresql.conf has no error; passwords are kept by scram-sha-256; only loopback is listened on', async () => {
  const { rows } = await withClient(superuser(), (client) =>
    client.query<{ name: string; setting: string; error: string | null }>(
      `select name, setting, error from pg_file_settings where sourcefile like '%/postgresql.conf'`,
    ),
  );
  // NetPilot starts its embedded server without any network, whatever the file says.
  const wrong = rows.filter(({ error }) => error !== null);
  expect(wrong.map(({ name, error }) => `${name}: ${error}`)).toEqual([
    'listen_addresses: setting could not be applied',
  ]);
  const setting = (wanted: string) => rows.find(({ name }) => name === wanted)?.setting;
  expect(setting('password_encryption')).toBe('scram-sha-256');
  expect(setting('listen_addresses')).toBe('localhost');
});

describe.skipIf(!hasPsql())('The logins of logins.sql', () => {
  const passwords = {
    OPERATOR_PASSWORD: `it's ${randomBytes(12).toString('base64')}`,
    SERVICE_PASSWORD: `"a" \\ ${randomBytes(12).toString('base64')}`,
  };
  const login = (user: string, password: string): DatabaseAddress => ({
    ...server.addresses.admin,
    database: 'netpilot',
    user,
    password,
  });
  const operator = () => login('netpilot_operator', passwords.OPERATOR_PASSWORD);
  const app = () => login('netpilot_app', passwords.SERVICE_PASSWORD);

  beforeAll(async () => {
    const { host, user, password } = superuser();
    const env = { ...process.env, ...passwords, PGPASSWORD: password };
    const file = join(import.meta.dirname, 'logins.sql');
    const options = ['--no-psqlrc', '--quiet', `--host=${host}`, `--username=${user}`];
    await run('psql', [...options, '--dbname=postgres', `--file=${file}`], {
      env,
    });
    await migrateUp(operator());
  });

  test("have passwords that are kept by scram-sha-256, and no power of a superuser's", async () => {
    const { rows } = await withClient(superuser(), (client) =>
      client.query(
        `select rolname, left(rolpassword, 14) as kept, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as mighty
         from pg_authid where rolname like 'netpilot%' and rolname <> 'netpilot_admin' order by rolname`,
      ),
    );
    expect(rows).toEqual([
      { rolname: 'netpilot_app', kept: 'SCRAM-SHA-256$', mighty: false },
      { rolname: 'netpilot_operator', kept: 'SCRAM-SHA-256$', mighty: false },
      { rolname: OWNER_ROLE, kept: null, mighty: false },
      { rolname: SERVICE_ROLE, kept: null, mighty: false },
    ]);
  });

  test('the service works with its own, and finds nothing to migrate', async () => {
    const { database, close } = openDatabase(app(), { role: SERVICE_ROLE });
    try {
      expect(await findSchemaProblem(database)).toBeUndefined();
      await createUser(database, 'ada@example.com');
      // Without saying whose rows it wants, it sees none.
      expect((await sql`select from users`.execute(database)).rows).toEqual([]);
    } finally {
      await close();
    }
  });

  test.each([
    ['an issuer', { GOOGLE_CLIENT_ID: 'client', GOOGLE_CLIENT_SECRET: 'secret' }, false],
    ['one-time links', {}, true],
  ])('NetPilot serves with it, with %s', async (_how, environment, hasLink) => {
    const service = await serve(
      parseConfig({
        ...environment,
        DB_HOST: app().host,
        DB_USERNAME: 'netpilot_app',
        DB_PASSWORD: passwords.SERVICE_PASSWORD,
        SECRET_KEY: randomBytes(32).toString('hex'),
        ...ANY_PORT,
        PORT: String(await freePort()),
        LOG_LEVEL: 'silent',
      }),
    );
    try {
      expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
      expect(service.signInLink !== undefined).toBe(hasLink);
    } finally {
      await service.stop();
    }
  });

  test("the service's login cannot become the owner", async () => {
    const attempt = withClient(app(), (client) => client.query(`set role ${OWNER_ROLE}`));
    await expect(attempt).rejects.toThrow('permission denied to set role');
    await expect(backup(app(), join(folder, 'stolen'))).rejects.toThrow('permission denied');
  });

  test("the operator's backs up and restores", async () => {
    const file = join(folder, 'netpilot.backup');
    const { rows } = await backup(operator(), file);
    expect(await restore(operator(), file)).toMatchObject({ rows });
  });

  test.each([
    ['with a wrong password', () => ({ ...app(), password: 'wrong' })],
    ['to another database', () => ({ ...app(), database: 'postgres' })],
    ["as the superuser, being another of the system's users", () => login('postgres', '')],
  ])('nobody connects %s', async (_how, address) => {
    await expect(withClient(address(), () => Promise.resolve())).rejects.toThrow(
      /password authentication failed|no pg_hba.conf entry|Peer authentication failed/,
    );
  });
});
