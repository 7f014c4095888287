import type { Config } from '../config/config.ts';
import {
  type DatabaseAddress,
  type DatabaseAddresses,
  OWNER_ROLE,
  SERVICE_ROLE,
} from '../config/database-address.ts';
import { type Deployment, openDeployment } from '../database/deployment.ts';
import { migrateUp } from '../database/migrate.ts';
import { type Database, openDatabase } from '../database/pool.ts';
import { isOperator, withClient } from '../database/roles.ts';
import { UNPREPARED, findSchemaProblem, schemaError } from '../database/schema-version.ts';
import { ForbiddenError } from '../errors.ts';
import { type Work, whileOpen } from './interruption.ts';

/** Runs `work` with the configured database, started if it is the embedded one. */
export function withDeployment<Result>(
  config: Config,
  work: Work<Deployment, Result>,
): Promise<Result> {
  return whileOpen(() => openDeployment(config), work);
}

/** As withDeployment, on a database with every migration applied. */
export function withCurrentDeployment<Result>(
  config: Config,
  work: Work<Deployment, Result>,
): Promise<Result> {
  return withDeployment(config, async (deployment, signal) => {
    await requireCurrent(config, deployment.addresses);
    return work(deployment, signal);
  });
}

/** As withCurrentDeployment, with the database opened as the operator, who works across tenants. */
export function withOperator<Result>(
  config: Config,
  work: (database: Database, deployment: Deployment) => Promise<Result>,
): Promise<Result> {
  return withCurrentDeployment(config, async (deployment) => {
    const { admin } = deployment.addresses;
    await requireOperator(admin);
    return withOwner(admin, (database) => work(database, deployment));
  });
}

/** Runs `work` on the database as its owner. */
export async function withOwner<Result>(
  admin: DatabaseAddress,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const { database, close } = openDatabase(admin, {
    role: OWNER_ROLE,
    applicationName: 'netpilot operator',
  });
  try {
    return await work(database);
  } finally {
    await close();
  }
}

/** Runs `work` on the database as the service, for one user at a time. */
export async function withService<Result>(
  service: DatabaseAddress,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const { database, close } = openDatabase(service, { role: SERVICE_ROLE });
  try {
    return await work(database);
  } finally {
    await close();
  }
}

/** Migrates the embedded database, which is NetPilot's own. An external one is for the operator to migrate. */
async function requireCurrent(
  { database: { kind } }: Config,
  { admin, service }: DatabaseAddresses,
): Promise<void> {
  const problem = (await hasRoles(admin))
    ? await withService(service, findSchemaProblem)
    : UNPREPARED;
  if (problem === undefined) return;
  if (kind === 'external' || !problem.isPending) throw schemaError(problem);
  await migrateUp(admin);
}

async function hasRoles(admin: DatabaseAddress): Promise<boolean> {
  const { rows } = await withClient(admin, (client) =>
    client.query(`select 1 from pg_roles where rolname = $1`, [SERVICE_ROLE]),
  );
  return rows.length > 0;
}

/**
 * Throws ForbiddenError for a login that cannot work across tenants.
 * @param setting which names it
 */
export async function requireOperator(
  admin: DatabaseAddress,
  setting = 'DB_USERNAME or DATABASE_URL',
): Promise<void> {
  if (await isOperator(admin)) return;
  throw new ForbiddenError(
    `${admin.user} is the service's login, which can only see one user at a time: set the operator's login (a member of ${OWNER_ROLE}) in ${setting}.`,
  );
}
