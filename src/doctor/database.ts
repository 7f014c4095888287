import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { type DatabaseAddresses, OWNER_ROLE, SERVICE_ROLE } from '../config/database-address.ts';
import { findUnprotected, readTables } from '../database/catalog.ts';
import { hasEmbeddedDatabase } from '../database/embedded/cluster.ts';
import { readOrMakeSecrets } from '../database/embedded/secrets.ts';
import { joinEmbeddedServer } from '../database/embedded/server.ts';
import { describeSystemError } from '../explain-system-error.ts';
import { openDatabase } from '../database/pool.ts';
import { findSchemaProblem } from '../database/schema-version.ts';
import { type Check, type Result, type Subject, fail, ok, reasonOf, warn } from './check.ts';
import { judgeHostKeys, readHostKeys } from './host-keys.ts';

/** The configured database as it is, or why there is none. */
export type Opened = {
  /** With the key that signs cookies and seals the host key. */
  reached?: { addresses: DatabaseAddresses; secretKey: string };
  problem?: Result;
  leave: () => Promise<void>;
};

type Connected = NonNullable<Subject['database']>;
type DatabaseKind = Config['database']['kind'];

const leave = () => Promise.resolve();

/** Opens the database without creating or fixing anything; an embedded server is started if it is stopped. */
export async function openUnchanged({ database, dataFolder }: Config): Promise<Opened> {
  if (database.kind === 'external') {
    const { address, secretKey } = database;
    return { reached: { addresses: { admin: address, service: address }, secretKey }, leave };
  }
  if (!hasEmbeddedDatabase(dataFolder)) {
    const problem = warn(
      `There is no database in ${dataFolder} yet.`,
      'run `netpilot serve` to create it.',
    );
    return { problem, leave };
  }
  if (!existsSync(join(dataFolder, 'secrets.json'))) {
    const message = `The passwords of the database in ${dataFolder} are missing (secrets.json).`;
    return { problem: fail(message, 'restore that file from a copy of the data folder.'), leave };
  }
  try {
    const secretKey = database.secretKey ?? readOrMakeSecrets(dataFolder).secretKey;
    const server = await joinEmbeddedServer({ dataFolder });
    return { reached: { addresses: server.addresses, secretKey }, leave: server.leave };
  } catch (error) {
    const ofDisk = describeSystemError(error);
    const fix = 'fix what PostgreSQL reports, or restore a backup into a new data folder.';
    const problem = ofDisk ? fail(ofDisk.says, ofDisk.fix) : fail(reasonOf(error), fix);
    return { problem, leave };
  }
}

/** They apply only if the database can be reached. */
export const DATABASE_CHECKS: readonly Check[] = [
  { name: 'database', run: checkVersion },
  { name: 'roles', run: checkRoles },
  { name: 'migrations', run: checkMigrations },
  { name: 'row-level security', run: checkTables },
  { name: 'partitions', run: checkPartitions },
  { name: 'host key', run: checkHostKey },
].map(({ name, run }) => ({
  name,
  run: ({ config, database }) => (database === undefined ? [] : run(database, config)),
}));

async function checkVersion({ client }: Connected): Promise<Result> {
  const { rows } = await client.query<{ number: number; name: string; encoding: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name,
            current_setting('server_encoding') as encoding`,
  );
  const { number, name, encoding } = rows[0] ?? { number: 0, name: 'unknown', encoding: 'unknown' };
  const message = `PostgreSQL ${name} answers.`;
  if (encoding !== 'UTF8') {
    const fix =
      "take a backup, create a database with `create database … encoding 'UTF8' template template0`, and restore into that.";
    return fail(`The database has encoding ${encoding}: not every name can be stored.`, fix);
  }
  return number < 150_000
    ? fail(message, 'NetPilot needs PostgreSQL 15 or newer: upgrade the server.')
    : ok(message);
}

type Role = { name: string; super: boolean; bypass: boolean };

async function checkRoles(
  { client }: Connected,
  { database: { kind } }: Config,
): Promise<Result[]> {
  const { rows } = await client.query<Role>(
    `select rolname as name, rolsuper as super, rolbypassrls as bypass from pg_roles
     where rolname in ($1, $2, session_user) order by 1`,
    [OWNER_ROLE, SERVICE_ROLE],
  );
  const ours = [OWNER_ROLE, SERVICE_ROLE];
  const missing = ours.filter((role) => !rows.some(({ name }) => name === role));
  if (missing.length > 0) {
    const message = `${missing.join(' and ')} ${missing.length === 1 ? 'does' : 'do'} not exist.`;
    return [fail(message, 'run `netpilot migrate up`.')];
  }
  const results = rows.flatMap((role) =>
    ours.includes(role.name) ? judgeRole(role) : judgeLogin(role, kind),
  );
  const membership = await client.query<{ member: boolean }>(
    `select pg_has_role($1, $2, 'member') as member`,
    [SERVICE_ROLE, OWNER_ROLE],
  );
  // A superuser is a member of everything; that is reported already.
  if (membership.rows[0]?.member === true && results.every(({ state }) => state !== 'fail')) {
    const message = `${SERVICE_ROLE} can become ${OWNER_ROLE}.`;
    results.push(fail(message, `run \`revoke ${OWNER_ROLE} from ${SERVICE_ROLE}\`.`));
  }
  return results.length > 0 ? results : [ok('Neither role can bypass row-level security.')];
}

function judgeRole({ name, super: isSuper, bypass }: Role): Result[] {
  if (!isSuper && !bypass) return [];
  const power = isSuper ? 'is a superuser' : 'can bypass row-level security';
  const fix = `run \`alter role ${name} nosuperuser nobypassrls\` as a superuser.`;
  return [fail(`${name} ${power}: tenants are not isolated.`, fix)];
}

/** The login of the embedded server is a superuser by design, and only NetPilot uses it. */
function judgeLogin({ name, super: isSuper, bypass }: Role, kind: DatabaseKind): Result[] {
  if (kind === 'embedded' || (!isSuper && !bypass)) return [];
  const power = isSuper ? 'superuser' : 'bypassrls';
  return [
    warn(
      `The login ${name} has more rights than NetPilot needs (${power}).`,
      `create another one: \`create role netpilot login password '…'; grant ${OWNER_ROLE}, ${SERVICE_ROLE} to netpilot\`, and set it in DB_USERNAME or DATABASE_URL.`,
    ),
  ];
}

async function checkMigrations({ service }: Connected): Promise<Result> {
  const statementTimeoutMs = 5_000;
  const { database, close } = openDatabase(service, { role: SERVICE_ROLE, statementTimeoutMs });
  try {
    const problem = await findSchemaProblem(database);
    return problem === undefined ? ok('All are applied.') : fail(problem.says, problem.fix);
  } catch (error) {
    const message = `The service cannot read them: ${reasonOf(error)}`;
    return fail(message, 'run `netpilot migrate up` as the operator.');
  } finally {
    await close();
  }
}

async function checkHostKey({ client, secretKey }: Connected): Promise<Result[]> {
  return judgeHostKeys(await readHostKeys(client, secretKey));
}

/** Whether there is a partition for tomorrow. One more is made each day, two days ahead. */
async function checkPartitions({ client }: Connected): Promise<Result[]> {
  const { rows: partitioned } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relkind = 'p' and relnamespace = 'public'::regnamespace and pg_get_userbyid(relowner) = $1 order by 1`,
    [OWNER_ROLE],
  );
  if (partitioned.length === 0) return [];
  const { rows: missing } = await client.query<{ name: string }>(
    `select name from unnest($1::text[]) name, first_id_at(now() + interval '1 day') tomorrow
     where not exists (
       select from partitions_of(name::regclass)
       where not is_default and coalesce(from_id <= tomorrow, true) and to_id > tomorrow)`,
    [partitioned.map(({ name }) => name)],
  );
  if (missing.length === 0) return [ok('There is one for tomorrow.')];
  const names = missing.map(({ name }) => name).join(', ');
  return [
    warn(
      `None for tomorrow: ${names}. Nothing is lost, but it is cleared away more slowly.`,
      'run a process with the role `worker` (`netpilot serve` has it): it makes them within ten minutes. If one runs, look in its log for `expiry failed`, and for transactions that never end.',
    ),
  ];
}

async function checkTables({ client }: Connected): Promise<Result> {
  const tables = await readTables(client);
  if (tables.length === 0) return warn('There are no tables yet.', 'run `netpilot migrate up`.');
  const foreign = tables.filter(({ owner }) => owner !== OWNER_ROLE);
  if (foreign.length > 0) {
    const message = foreign.map(({ name, owner }) => `${name} belongs to ${owner}`).join(', ');
    const sql = foreign.map(({ name }) => `alter table ${name} owner to ${OWNER_ROLE}`).join('; ');
    return fail(`${message}.`, `run \`${sql}\`.`);
  }
  const unprotected = findUnprotected(tables);
  if (unprotected.length === 0)
    return ok(`It is forced, with a policy, on all ${tables.length} tables.`);
  const message = unprotected.map(({ name, lacks }) => `${name} lacks ${lacks}`).join(', ');
  return fail(
    `${message}.`,
    'the tables were changed by hand: undo that (`alter table … enable row level security, force row level security` and the policies of src/database/schema.sql), or restore a backup.',
  );
}
