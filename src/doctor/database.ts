import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { Config } from '../config/config.ts';
import {
  type DatabaseAddress,
  type DatabaseAddresses,
  OWNER_ROLE,
  SERVICE_ROLE,
} from '../config/database-address.ts';
import { findUnprotected, readTables } from '../database/catalog.ts';
import { hasEmbeddedDatabase } from '../database/embedded/cluster.ts';
import { joinEmbeddedServer } from '../database/embedded/server.ts';
import { openDatabase } from '../database/pool.ts';
import { withClient } from '../database/roles.ts';
import { findSchemaProblem } from '../database/schema-version.ts';
import { fingerprintText, parsePublicKey } from '../routers/public-key.ts';
import { type Finding, fail, ok, reasonOf, warn } from './finding.ts';

/** The configured database as it is, or why there is none. */
export type Patient = {
  addresses: DatabaseAddresses | undefined;
  findings: Finding[];
  leave: () => Promise<void>;
};

const stay = () => Promise.resolve();

/** Opens the database without making or mending anything; an embedded server that rests is started. */
export async function openUntouched({ database, dataFolder }: Config): Promise<Patient> {
  if (database.kind === 'external') {
    const { address } = database;
    return { addresses: { admin: address, service: address }, findings: [], leave: stay };
  }
  if (!hasEmbeddedDatabase(dataFolder)) {
    const says = `There is no database in ${dataFolder} yet.`;
    const finding = warn('database', says, '`netpilot serve` makes it.');
    return { addresses: undefined, findings: [finding], leave: stay };
  }
  if (!existsSync(join(dataFolder, 'secrets.json'))) {
    const says = `The passwords of the database in ${dataFolder} are gone (secrets.json).`;
    const mend = 'restore that file from a copy of the data folder.';
    return { addresses: undefined, findings: [fail('database', says, mend)], leave: stay };
  }
  try {
    const { addresses, leave } = await joinEmbeddedServer({ dataFolder });
    return { addresses, findings: [], leave };
  } catch (error) {
    const mend = 'mend what PostgreSQL says there, or restore a backup into a new data folder.';
    const finding = fail('database', reasonOf(error), mend);
    return { addresses: undefined, findings: [finding], leave: stay };
  }
}

/** What can be seen of the database; the second result is its clock, in milliseconds since 1970. */
export async function checkDatabase(
  { database: { kind } }: Config,
  addresses: DatabaseAddresses,
): Promise<{ findings: Finding[]; now: number | undefined }> {
  try {
    return await withClient(addresses.admin, async (client) => {
      const now = await readClock(client);
      const findings = [
        await checkVersion(client),
        ...(await checkRoles(client, { isExternal: kind === 'external' })),
        await checkMigrations(addresses.service),
        await checkTables(client),
        ...(await showHostKey(client)),
      ];
      return { findings, now };
    });
  } catch (error) {
    const mend =
      'start PostgreSQL, and see that the DB_ settings (or DATABASE_URL) name it: `netpilot config` shows them.';
    const says = error instanceof Error ? error.message : String(error);
    return { findings: [fail('database', says, mend)], now: undefined };
  }
}

async function readClock(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ now: number }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::float8 as now',
  );
  return rows[0]?.now;
}

async function checkVersion(client: Client): Promise<Finding> {
  const { rows } = await client.query<{ number: number; name: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
  );
  const { number, name } = rows[0] ?? { number: 0, name: 'unknown' };
  const says = `PostgreSQL ${name} answers.`;
  return number < 150_000
    ? fail('database', says, 'NetPilot needs PostgreSQL 15 or newer: upgrade the server.')
    : ok('database', says);
}

type Role = { name: string; super: boolean; bypass: boolean };

async function checkRoles(
  client: Client,
  { isExternal }: { isExternal: boolean },
): Promise<Finding[]> {
  const { rows } = await client.query<Role>(
    `select rolname as name, rolsuper as super, rolbypassrls as bypass from pg_roles
     where rolname in ($1, $2, session_user) order by 1`,
    [OWNER_ROLE, SERVICE_ROLE],
  );
  const ours = [OWNER_ROLE, SERVICE_ROLE];
  const missing = ours.filter((role) => !rows.some(({ name }) => name === role));
  if (missing.length > 0)
    return [
      fail(
        'roles',
        `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not there.`,
        'run `netpilot migrate up`.',
      ),
    ];
  const findings = rows.flatMap((role) =>
    ours.includes(role.name) ? judgeRole(role) : judgeLogin(role, isExternal),
  );
  const crossing = await client.query<{ member: boolean }>(
    `select pg_has_role($1, $2, 'member') as member`,
    [SERVICE_ROLE, OWNER_ROLE],
  );
  // A superuser is a member of everything; that is said already.
  if (crossing.rows[0]?.member === true && findings.every(({ state }) => state !== 'fail')) {
    const says = `${SERVICE_ROLE} may become ${OWNER_ROLE}.`;
    findings.push(fail('roles', says, `run \`revoke ${OWNER_ROLE} from ${SERVICE_ROLE}\`.`));
  }
  return findings.length > 0
    ? findings
    : [ok('roles', 'Neither role can pass row-level security.')];
}

function judgeRole({ name, super: isSuper, bypass }: Role): Finding[] {
  if (!isSuper && !bypass) return [];
  const power = isSuper ? 'is a superuser' : 'may bypass row-level security';
  const mend = `run \`alter role ${name} nosuperuser nobypassrls\` as a superuser.`;
  return [fail('roles', `${name} ${power}: tenants are not kept apart.`, mend)];
}

/** On the embedded server the login is a superuser by design, and nobody else's. */
function judgeLogin({ name, super: isSuper, bypass }: Role, isExternal: boolean): Finding[] {
  if (!isExternal || (!isSuper && !bypass)) return [];
  return [
    warn(
      'roles',
      `The login ${name} is more powerful than NetPilot needs (${isSuper ? 'superuser' : 'bypassrls'}).`,
      `make one that is not: \`create role netpilot login password '…'; grant ${OWNER_ROLE}, ${SERVICE_ROLE} to netpilot\`, and set it in DB_USERNAME or DATABASE_URL.`,
    ),
  ];
}

async function checkMigrations(service: DatabaseAddress): Promise<Finding> {
  const { database, close } = openDatabase(service, { role: SERVICE_ROLE });
  try {
    const problem = await findSchemaProblem(database);
    return problem === undefined
      ? ok('migrations', 'All are applied.')
      : fail('migrations', problem.says, problem.fix);
  } catch (error) {
    const says = `The service cannot read them: ${error instanceof Error ? error.message : String(error)}`;
    return fail('migrations', says, 'run `netpilot migrate up` as the operator.');
  } finally {
    await close();
  }
}

/** By what routers know this service. Nothing to find before it has served, or for the service's own login. */
async function showHostKey(client: Client): Promise<Finding[]> {
  const exists = await client.query<{ found: boolean }>(
    `select to_regclass('server_keys') is not null and pg_has_role($1, 'member') as found`,
    [OWNER_ROLE],
  );
  if (exists.rows[0]?.found !== true) return [];
  await client.query(`begin; set local role ${OWNER_ROLE}; set local netpilot.maintenance = 'on'`);
  const { rows } = await client.query<{ public_key: string }>(
    'select public_key from server_keys order by created_at',
  );
  await client.query('rollback');
  return rows.map(({ public_key }) =>
    ok('host key', `Routers know ${fingerprintText(parsePublicKey(public_key))}.`),
  );
}

async function checkTables(client: Client): Promise<Finding> {
  const check = 'row-level security';
  const tables = await readTables(client);
  if (tables.length === 0)
    return warn(check, 'There are no tables yet.', 'run `netpilot migrate up`.');
  const foreign = tables.filter(({ owner }) => owner !== OWNER_ROLE);
  if (foreign.length > 0) {
    const says = foreign.map(({ name, owner }) => `${name} belongs to ${owner}`).join(', ');
    const mend = foreign.map(({ name }) => `alter table ${name} owner to ${OWNER_ROLE}`).join('; ');
    return fail(check, `${says}.`, `run \`${mend}\`.`);
  }
  const unprotected = findUnprotected(tables);
  if (unprotected.length === 0)
    return ok(check, `It is forced, with a policy, on all ${tables.length} tables.`);
  const says = unprotected.map(({ name, lacks }) => `${name} lacks ${lacks}`).join(', ');
  return fail(
    check,
    `${says}.`,
    'somebody changed the tables by hand: undo that (`alter table … enable row level security, force row level security` and the policies of src/database/migrations), or restore a backup.',
  );
}
