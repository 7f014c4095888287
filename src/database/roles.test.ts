import { describe, expect, inject, test } from 'vitest';
import { describeCatalog } from '../../testing/catalog.ts';
import { runChild } from '../../testing/child.ts';
import { createTestDatabase, createUser } from '../../testing/database.ts';
import { startExternalServer } from '../../testing/external.ts';
import { type DatabaseAddresses, OWNER_ROLE, SERVICE_ROLE } from '../config/database-address.ts';
import { migrateUp } from './migrate.ts';
import { openDatabase } from './pool.ts';
import { prepareRoles, requirePowerlessService, withClient } from './roles.ts';
import { findSchemaProblem, migrationNames } from './schema-version.ts';
import { tenantTransaction } from './transaction.ts';

const embedded = await createTestDatabase();
const external = await startExternalServer();
const operator = await external.createLogin('operator', 'createrole');
const migrated = await migrateUp(operator);
const app = await external.createLogin('app');
await external.operate(`grant ${SERVICE_ROLE} to app`);

/** Where NetPilot works: on its own server, on an operator's with one login, and with one that only serves. */
const PLACES: [place: string, addresses: DatabaseAddresses][] = [
  ['the embedded server', embedded.addresses],
  ["an operator's server", { admin: operator, service: operator }],
  [
    "an operator's server, with a login of the service's own",
    { admin: operator, service: { ...app, database: operator.database } },
  ],
];

test('a login that may make roles and owns its database makes all that NetPilot needs', async () => {
  expect(migrated).toEqual(migrationNames());
  const seen = (await describeCatalog(operator)).filter((line) => !line.startsWith('schema'));
  const expected = (await describeCatalog(inject('template').admin)).filter(
    (line) => !line.startsWith('schema'),
  );
  expect(seen).toEqual(expected);
});

describe.each(PLACES)('on %s', (_place, { admin, service }) => {
  const { database, pool, close } = openDatabase(service, { role: SERVICE_ROLE });

  /** Runs one statement as the program does. */
  async function run(statement: string): Promise<unknown[]> {
    const { rows } = await pool.query<object>(statement);
    return rows;
  }

  test('the program works as the service, which has no power', async ({ onTestFinished }) => {
    onTestFinished(close);
    const [user] = await run(
      `select current_user::text as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as powerful
       from pg_roles where rolname = current_user`,
    );
    expect(user).toEqual({ name: SERVICE_ROLE, powerful: false });
    await requirePowerlessService(service);

    for (const table of ['user_devices', 'kysely_migration'])
      await expect(run(`drop table ${table}`)).rejects.toThrow('must be owner');
    for (const statement of [
      'create table public.mine (id int)',
      'create schema mine',
      'create role mine',
      'create database mine',
      'select * from pg_authid',
      'select * from pg_hba_file_rules',
      `select pg_read_file('PG_VERSION')`,
      `copy (select 1) to program 'true'`,
      `alter system set work_mem = '1GB'`,
      'truncate user_devices',
      'update audit_entries set action = $$a.b$$',
      'delete from audit_entries',
      'delete from kysely_migration',
      `select isolate_tenant_table('users', 'id')`,
      'select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user',
    ])
      await expect(run(statement)).rejects.toThrow(/permission denied|must be/);

    const ann = await createUser(database);
    const bob = await createUser(database);
    const seen = await tenantTransaction(database, ann, (transaction) =>
      transaction.selectFrom('users').select('id').execute(),
    );
    expect(seen).toEqual([{ id: ann }]);
    expect(seen).not.toContainEqual({ id: bob });
    expect(await findSchemaProblem(database)).toBeUndefined();
  });

  test('the tables are the owner’s, who has no power either and cannot log in', async () => {
    await withClient(admin, async (client) => {
      const { rows: owners } = await client.query(
        `select distinct pg_get_userbyid(relowner)::text as name from pg_class
         where relnamespace = 'public'::regnamespace and relkind in ('r', 'i', 'p', 'I')`,
      );
      expect(owners).toEqual([{ name: OWNER_ROLE }]);
      const { rows } = await client.query(
        `select rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as powerful,
                pg_has_role($2, $1, 'member') as service_may_become_it
         from pg_roles where rolname = $1`,
        [OWNER_ROLE, SERVICE_ROLE],
      );
      expect(rows).toEqual([{ powerful: false, service_may_become_it: false }]);
    });
  });
});

describe('a service that somebody made powerful', () => {
  test.each([
    [`alter role ${SERVICE_ROLE} superuser`, `alter role ${SERVICE_ROLE} nosuperuser`],
    [`alter role ${SERVICE_ROLE} bypassrls`, `alter role ${SERVICE_ROLE} nobypassrls`],
    [`grant ${OWNER_ROLE} to ${SERVICE_ROLE}`, `revoke ${OWNER_ROLE} from ${SERVICE_ROLE}`],
  ])('by `%s` is refused until `%s`', async (fault, remedy) => {
    await external.operate(fault);
    await expect(requirePowerlessService(operator)).rejects.toThrow(`run \`${remedy}\``);
    await external.operate(remedy);
    await requirePowerlessService(operator);
  });
});

describe('preparing', async () => {
  const bare = await startExternalServer();

  test('is refused to a login that may not, in words that tell who may', async () => {
    const weak = await external.createLogin('weak');
    await expect(migrateUp(weak)).rejects.toThrow(
      /weak cannot prepare the database \(permission denied.*\): run `netpilot migrate up` once with a login that may create roles and owns the database weak/,
    );
  });

  test('is refused to a login that may make roles but has no right to the database', async () => {
    const maker = await external.createLogin('maker', 'createrole');
    await expect(prepareRoles({ ...maker, database: app.database })).rejects.toThrow(
      'maker cannot prepare the database',
    );
  });

  test.each(['LATIN1', 'SQL_ASCII'])('is refused in a database in %s', async (encoding) => {
    await external.operate(
      `create database ${encoding} encoding '${encoding}' locale 'C' template template0`,
    );
    const there = { ...operator, database: encoding.toLowerCase() };
    await expect(prepareRoles(there)).rejects.toThrow(
      `expected a database with encoding UTF8 (\`create database … encoding 'UTF8' template template0\`), got "a database with encoding ${encoding}"`,
    );
  });

  test('is nothing to do for a login that only serves, once it is done', async () => {
    await expect(prepareRoles({ ...app, database: operator.database })).resolves.toBeUndefined();
  });

  test('does not let a login that only serves migrate', async () => {
    await expect(migrateUp({ ...app, database: operator.database })).rejects.toThrow('permission');
  });

  test('works from several processes at once, on a server that has no such roles', async () => {
    const fresh = await bare.createLogin('fresh', 'createrole');
    const children = Array.from({ length: 4 }, () =>
      runChild(`
        import { prepareRoles } from './src/database/roles.ts';
        await prepareRoles(${JSON.stringify(fresh)});
        console.log('prepared');
      `),
    );
    const results = await Promise.all(children.map(({ ended }) => ended));
    expect(results.map(({ said }) => said)).toEqual(Array(4).fill('prepared\n'));
  });

  test('says what is wrong where the server does not answer, or does not know the login', async () => {
    await expect(prepareRoles({ ...operator, port: 1 })).rejects.toThrow('cannot be reached');
    await expect(prepareRoles({ ...operator, password: 'wrong' })).rejects.toThrow(
      'password authentication failed',
    );
  });
});
