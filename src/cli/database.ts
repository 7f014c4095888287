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
import { untilInterrupted } from './interruption.ts';

/** Work on something opened. The signal is aborted when the process is asked to end. */
type Work<Opened, Result> = (opened: Opened, signal: AbortSignal) => Promise<Result>;

/**
 * Opens something, runs `work` with it, and leaves it whatever happens. Throws Interrupted as soon as
 * the process is asked to end: a transaction under way is rolled back.
 */
export async function whileOpen<Opened extends { leave: () => Promise<void> }, Result>(
  open: () => Promise<Opened>,
  work: Work<Opened, Result>,
): Promise<Result> {
  return untilInterrupted(async (signal, interrupted) => {
    const opened = await open();
    try {
      return await Promise.race([interrupted, work(opened, signal)]);
    } finally {
      await opened.leave();
    }
  });
}

/** Runs `work` with the configured database there. */
export function withDeployment<Result>(
  config: Config,
  work: Work<Deployment, Result>,
): Promise<Result> {
  return whileOpen(() => openDeployment(config), work);
}

/** As withDeployment, on a database that has every migration. */
export function withCurrentDeployment<Result>(
  config: Config,
  work: Work<Deployment, Result>,
): Promise<Result> {
  return withDeployment(config, async (deployment, signal) => {
    await requireCurrent(config, deployment.addresses);
    return work(deployment, signal);
  });
}

/** As withCurrentDeployment, and the database opened as the operator, who works across tenants. */
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

/** The embedded database is nobody else's: it is migrated. An external one is the operator's to change. */
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

/** Throws ForbiddenError for a login that cannot work across tenants. */
export async function requireOperator(admin: DatabaseAddress): Promise<void> {
  if (await isOperator(admin)) return;
  throw new ForbiddenError(
    `${admin.user} is the service's login and works for one user at a time: give the operator's login (a member of ${OWNER_ROLE}) in DB_USERNAME or DATABASE_URL.`,
  );
}
