import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { errorMessage } from '../error-message.ts';
import { ForbiddenError, InvalidInputError, UnavailableError } from '../errors.ts';
import {
  type DatabaseAddress,
  type DatabaseAddresses,
  OWNER_ROLE,
  SERVICE_ROLE,
} from '../config/database-address.ts';
import { endConnection, reasonOfConnecting } from './pool-connection.ts';

const OLDEST_VERSION = 150_000;
/** Serialises processes that prepare at once, in any database of the server. */
const PREPARE_LOCK = 0x6e_70_02;

/**
 * Creates the two roles if they are missing, lets the login become both, and the owner create tables.
 * Does nothing on a database that is prepared. Throws InvalidInputError if the server is too old or
 * the database not in UTF-8, or if the login lacks the right to do this.
 */
export async function prepareRoles(admin: DatabaseAddress): Promise<void> {
  await withClient(admin, async (client) => {
    await requireSuitable(client);
    await client.query('select pg_advisory_lock($1)', [PREPARE_LOCK]);
    if (await isPrepared(client)) return;
    try {
      for (const role of [OWNER_ROLE, SERVICE_ROLE]) await makeRole(client, role);
      await client.query(`grant usage, create on schema public to ${OWNER_ROLE}`);
      await client.query(`grant usage on schema public to ${SERVICE_ROLE}`);
    } catch (error) {
      throw new InvalidInputError(
        [
          {
            field: 'DB_USERNAME',
            value: admin.user,
            expected:
              'a login that may create roles and owns the database, for `netpilot migrate up`',
          },
        ],
        `${admin.user} cannot prepare the database (${errorMessage(error)}): run \`netpilot migrate up\` once with a login that may create roles and owns the database ${admin.database}.`,
      );
    }
  });
}

/**
 * On the embedded server: creates the database, owned by the owner role, and sets the password of
 * the service role.
 */
export async function prepareEmbeddedDatabase({
  admin,
  service,
}: DatabaseAddresses): Promise<void> {
  await withClient({ ...admin, database: 'postgres' }, async (client) => {
    await client.query('select pg_advisory_lock($1)', [PREPARE_LOCK]);
    for (const role of [OWNER_ROLE, SERVICE_ROLE]) await makeRole(client, role);
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [
      admin.database,
    ]);
    if (rows.length === 0) {
      await client.query(`create database ${escapeIdentifier(admin.database)} owner ${OWNER_ROLE}`);
    }
    const login = await client.query('select rolcanlogin from pg_roles where rolname = $1', [
      SERVICE_ROLE,
    ]);
    if (login.rows[0]?.rolcanlogin !== true) {
      await client.query(
        `alter role ${SERVICE_ROLE} login password ${escapeLiteral(service.password ?? '')}`,
      );
    }
  });
}

/** Whether a login may work across tenants. Throws UnavailableError if the roles do not exist yet. */
export async function isOperator(admin: DatabaseAddress): Promise<boolean> {
  const { rows } = await withClient(admin, (client) =>
    client.query<{ may: boolean }>(
      `select pg_has_role(oid, 'member') as may from pg_roles where rolname = $1`,
      [OWNER_ROLE],
    ),
  );
  const [role] = rows;
  if (role === undefined)
    throw new UnavailableError(
      `${admin.database} is not prepared for NetPilot (there is no role ${OWNER_ROLE}): run \`netpilot migrate up\`.`,
    );
  return role.may;
}

/**
 * Throws ForbiddenError if the service's role has a right that bypasses row-level security, because somebody
 * granted it by hand.
 */
export async function requirePowerlessService(service: DatabaseAddress): Promise<void> {
  await withClient(service, async (client) => {
    const { rows } = await client.query<{ remedy: string | null }>(
      `select case when rolsuper then format('alter role %I nosuperuser', rolname)
                   when rolbypassrls then format('alter role %I nobypassrls', rolname)
                   when pg_has_role(oid, $2, 'member') then format('revoke %I from %I', $2, rolname) end as remedy
       from pg_roles where rolname = $1`,
      [SERVICE_ROLE, OWNER_ROLE],
    );
    const remedy = rows[0]?.remedy ?? null;
    if (remedy !== null) {
      throw new ForbiddenError(
        `The role ${SERVICE_ROLE} can bypass row-level security, so users would not be kept apart: run \`${remedy}\` as a superuser of PostgreSQL.`,
      );
    }
  });
}

/**
 * Runs `work` on a connection of its own. Throws UnavailableError if none can be made.
 * @param options.queryTimeoutMs longest that one query may take; default: no limit
 */
export async function withClient<Result>(
  address: DatabaseAddress,
  work: (client: Client) => Promise<Result>,
  { queryTimeoutMs }: { queryTimeoutMs?: number } = {},
): Promise<Result> {
  const client = new Client({
    ...address,
    application_name: 'netpilot',
    connectionTimeoutMillis: 5_000,
    ...(queryTimeoutMs !== undefined && { query_timeout: queryTimeoutMs }),
  });
  // A connection that breaks rejects the running query; this listener only keeps the process alive.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new UnavailableError(
      `The database ${address.database} at ${address.host} cannot be reached as ${address.user}: ${reasonOfConnecting(error)}`,
      { cause: error },
    );
  }
  try {
    return await work(client);
  } finally {
    await endConnection(client);
  }
}

async function requireSuitable(client: Client): Promise<void> {
  const { rows } = await client.query<{ number: number; name: string; encoding: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name,
            current_setting('server_encoding') as encoding`,
  );
  const [version] = rows;
  if (version === undefined || version.number < OLDEST_VERSION) {
    throw new InvalidInputError([
      {
        field: 'DATABASE_URL',
        value: `PostgreSQL ${version?.name}`,
        expected: 'PostgreSQL 15 or newer',
      },
    ]);
  }
  // In others many names cannot be stored, and lengths are counted in bytes.
  if (version.encoding !== 'UTF8') {
    throw new InvalidInputError([
      {
        field: 'DATABASE_URL',
        value: `a database with encoding ${version.encoding}`,
        expected:
          "a database with encoding UTF8 (`create database … encoding 'UTF8' template template0`)",
      },
    ]);
  }
}

async function isPrepared(client: Client): Promise<boolean> {
  const { rows } = await client.query(
    `select 1 from pg_roles owner, pg_roles service
     where owner.rolname = $1 and service.rolname = $2
       and pg_has_role(service.oid, 'member')
       and has_schema_privilege(owner.oid, 'public', 'create')`,
    [OWNER_ROLE, SERVICE_ROLE],
  );
  return rows.length > 0;
}

async function makeRole(client: Client, role: string): Promise<void> {
  const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  if (rows.length === 0) {
    await client.query(
      `create role ${role} nologin nosuperuser nobypassrls nocreatedb nocreaterole noinherit`,
    );
  }
  await client.query(`grant ${role} to current_user`);
}
