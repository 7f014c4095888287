import { pino } from 'pino';
import { createLocalLink } from '../accounts/local-link.ts';
import { localUserEmail } from '../accounts/local-user.ts';
import { createCommandsServerClient } from '../commands-client/client.ts';
import { createHttpServer } from '../commands-server/http-server.ts';
import { startCommandsServer } from '../fleet/start.ts';
import type { Config } from '../config/config.ts';
import type { Variable } from '../config/variables.ts';
import { type DatabaseAddresses, SERVICE_ROLE } from '../config/database-address.ts';
import { type Deployment, openDeployment } from '../database/deployment.ts';
import { startExpiry } from '../database/expiry.ts';
import { migrateUp } from '../database/migrate.ts';
import { UNPREPARED, findSchemaProblem, schemaError } from '../database/schema-version.ts';
import { type Database, type OpenDatabase, openDatabase } from '../database/pool.ts';
import { requirePowerlessService } from '../database/roles.ts';
import { recordScan } from '../devices/scan.ts';
import type { RouterAccess } from '../api/app.ts';
import { startDemo } from '../simulator/demo.ts';
import { type HostKey, readOrMakeHostKey } from '../fleet/openwrt/host-key.ts';
import { deriveKey } from '../sealing.ts';
import { announceSessions } from './announce-sessions.ts';
import { createApp } from './app.ts';
import { listenAt } from './listening.ts';

/** What one process can do; it does all of it, unless it is told otherwise. */
export const ROLES = ['api', 'commands-server', 'worker'] as const;
export type Role = (typeof ROLES)[number];

export type ServeOptions = {
  /** E-mail of the person the one-time link is for; default: the only user there is. */
  user?: string | undefined;
  roles?: readonly Role[] | undefined;
  /** Whether that person gets a simulated router, where the link is what one signs in by. */
  demo?: boolean;
};

/** A service that runs. */
export type Service = {
  /** Where people reach it; absent without the role `api`. */
  url: string | undefined;
  /** Works once, for 10 minutes, on this machine; absent where an issuer is configured. */
  signInLink: string | undefined;
  /** Where routers dial in; absent without the role `commands-server`. */
  routersPort: number | undefined;
  /** Answers what is under way, then closes everything in turn. */
  stop: () => Promise<void>;
};

/** What every role works with. */
type Base = {
  config: Config;
  log: pino.Logger;
  deployment: Deployment;
  database: Database;
  hostKey: HostKey;
  /** What is closed when all ends, the last one first. */
  closers: (() => Promise<void>)[];
};

/** Starts NetPilot: the database (brought up to date), and the roles on it. */
export async function serve(
  config: Config,
  { user, roles = ROLES, demo = false }: ServeOptions = {},
): Promise<Service> {
  // Standard error: what a person is told goes to standard output, alone.
  const log = pino(
    { level: config.logLevel, redact: ['req.headers', 'token'] },
    pino.destination(2),
  );
  const deployment = await openDeployment(config, {
    onRestart: () => log.warn('PostgreSQL had died and was started again'),
    onRestartFailed: (error) => log.error({ err: error }, 'PostgreSQL has died and does not start'),
  });
  const closers: (() => Promise<void>)[] = [deployment.leave];
  const stop = async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  };
  try {
    await bringUpToDate(deployment.addresses);
    await requirePowerlessService(deployment.addresses.service);
    const { database, close } = openServiceDatabase(deployment, config, log);
    closers.push(close);
    const hostKey = await readOrMakeHostKey(database, deployment.secretKey);
    const base: Base = { config, log, deployment, database, hostKey, closers };
    const routers = roles.includes('commands-server') ? await holdRouters(base) : undefined;
    if (roles.includes('api')) await serveApi(base, routers);
    if (demo && roles.includes('api') && routers !== undefined)
      await addSimulatedRouter(base, routers, user);
    if (roles.includes('worker')) {
      const stopExpiry = startExpiry(database, (error) =>
        log.error({ err: error }, 'expiry failed'),
      );
      closers.push(async () => stopExpiry());
    }
    return {
      url: roles.includes('api') ? config.publicUrl : undefined,
      signInLink: roles.includes('api') ? await makeSignInLink(base, user) : undefined,
      routersPort: routers?.port,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The bearer token by which services that share a SECRET_KEY know each other. */
function commandsToken(secretKey: string): string {
  return deriveKey(secretKey, 'commands-server').toString('base64url');
}

/** Where routers dial in to this process. */
type Routers = { port: number };

async function holdRouters({ config, log, deployment, database, hostKey, closers }: Base) {
  // A second NetPilot on somebody's own machine should just start; a deployment should not wander.
  const moving = (setting: Variable, { isPortChosen }: { isPortChosen: boolean }) =>
    isPortChosen || config.database.kind === 'external'
      ? undefined
      : (port: number) =>
          log.warn({ port }, `the port is taken, another one serves: ${setting} chooses one`);
  const server = await listenAt(
    {
      ...config.routers,
      hostSetting: 'ROUTERS_HOST',
      portSetting: 'ROUTERS_PORT',
      onMove: moving('ROUTERS_PORT', config.routers),
    },
    (place) =>
      startCommandsServer({
        ...place,
        database,
        serviceAddress: deployment.addresses.service,
        hostKey,
        log,
        dial: { rules: config.dial, secretKey: deployment.secretKey },
        onSightings: async (sightings) => void (await recordScan(database, sightings)),
      }),
  );
  closers.push(server.stop);
  const calls = createHttpServer({
    database,
    connections: server.connections,
    token: commandsToken(deployment.secretKey),
    log,
  });
  closers.push(() => calls.close());
  await listenAt(
    {
      ...config.commandsServer,
      hostSetting: 'COMMANDS_SERVER_HOST',
      portSetting: 'COMMANDS_SERVER_PORT',
      onMove: moving('COMMANDS_SERVER_PORT', config.commandsServer),
    },
    (place) => calls.listen(place),
  );
  return { port: server.port };
}

async function serveApi(
  { config, log, deployment, database, hostKey, closers }: Base,
  routers: Routers | undefined,
): Promise<void> {
  const { secretKey, addresses } = deployment;
  const url = config.commandsServerUrl;
  const app = await createApp(
    {
      config,
      database,
      serviceAddress: addresses.service,
      secretKey,
      onSessions:
        url === undefined
          ? () => undefined
          : announceSessions(
              createCommandsServerClient({ url, token: commandsToken(secretKey) }),
              log,
            ),
      routerAccess: accessTo({ config, hostKey }, routers),
    },
    log,
  );
  closers.push(() => app.close());
  await listenAt({ ...config, hostSetting: 'HOST', portSetting: 'PORT' }, (place) =>
    app.listen(place),
  );
}

function accessTo(
  { config: { routers: configured }, hostKey }: Pick<Base, 'config' | 'hostKey'>,
  routers: Routers | undefined,
): RouterAccess {
  const { publicHost: host, port } = configured;
  return { host, port: routers?.port ?? port, hostKey: hostKey.publicKey };
}

/** So that a first start has something to show. That it fails keeps nobody from the rest. */
async function addSimulatedRouter(
  base: Base,
  routers: Routers,
  user: string | undefined,
): Promise<void> {
  const { config, log, deployment, database, closers } = base;
  if (config.issuer !== undefined) return;
  try {
    const { dataFolder, publicUrl: url } = config;
    const email = user ?? (await localUserEmail(deployment.addresses.admin));
    const access = accessTo(base, routers);
    const simulated = await startDemo({ dataFolder, database, url, access, email });
    closers.push(async () => simulated?.stop());
  } catch (error) {
    log.warn({ err: error }, 'the simulated router did not start');
  }
}

/** Migrates where something is missing. A login that is only the service's finds nothing to do, or says who must. */
async function bringUpToDate({ admin, service }: DatabaseAddresses): Promise<void> {
  const { database, close } = openDatabase(service, { role: SERVICE_ROLE });
  // No such role yet, or no right to read: migrating fixes that, or says why it cannot.
  const problem = await findSchemaProblem(database).catch(() => UNPREPARED);
  await close();
  if (problem === undefined) return;
  if (!problem.isPending) throw schemaError(problem);
  await migrateUp(admin);
}

function openServiceDatabase(
  { addresses }: Deployment,
  { databaseEcho }: Config,
  log: pino.Logger,
): OpenDatabase {
  return openDatabase(addresses.service, {
    role: SERVICE_ROLE,
    onConnectionLost: (error) => log.warn({ err: error }, 'a database connection was lost'),
    ...(databaseEcho && { echo: (sql) => log.info({ sql }, 'query') }),
  });
}

async function makeSignInLink(
  { config: { issuer, publicUrl }, deployment, database }: Base,
  user: string | undefined,
): Promise<string | undefined> {
  if (issuer !== undefined) return undefined;
  const email = user ?? (await localUserEmail(deployment.addresses.admin));
  return (await createLocalLink(database, { email, publicUrl })).url;
}
