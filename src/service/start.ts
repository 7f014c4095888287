import type { pino } from 'pino';
import { sendingServices } from '../alerts/sending.ts';
import { startAlerts } from '../alerts/worker.ts';
import { createLocalLink } from '../accounts/local-link.ts';
import { localUserEmail } from '../accounts/local-user.ts';
import { createCommandsServerClient } from '../commands-client/client.ts';
import { createHttpServer, requireToken } from '../commands-server/http-server.ts';
import { serveQuestions } from '../commands-server/questions-route.ts';
import { watchLeases } from '../fleet/lease-store.ts';
import { startCommandsServer } from '../fleet/start.ts';
import type { Config } from '../config/config.ts';
import { isLoopback } from '../config/loopback.ts';
import type { Variable } from '../config/variables.ts';
import { type DatabaseAddresses, SERVICE_ROLE } from '../config/database-address.ts';
import { type Deployment, openDeployment } from '../database/deployment.ts';
import { startExpiry } from '../database/expiry.ts';
import { migrateUp } from '../database/migrate.ts';
import { UNPREPARED, findSchemaProblem, schemaError } from '../database/schema-version.ts';
import { type Database, type OpenDatabase, openDatabase } from '../database/pool.ts';
import { nameServing } from '../database/serving.ts';
import { requirePowerlessService } from '../database/roles.ts';
import type { RouterAccess } from '../api/app.ts';
import type { Cells } from '../cells/cells.ts';
import { createServer } from '../api/server.ts';
import { startDemo } from '../simulator/demo.ts';
import { createOpenWrtDriver } from '../fleet/openwrt/driver.ts';
import { type HostKeys, readOrMakeHostKeys } from '../fleet/openwrt/host-key.ts';
import { requireBuild } from '../page/web-page.ts';
import { deriveKey } from '../sealing.ts';
import { sweepTemporaryFolders } from '../temporary-folder.ts';
import { announceSessions } from './announce-sessions.ts';
import { createApp } from './app.ts';
import { destinationOf, openCellsOf } from './cells.ts';
import { type Closers, createClosers } from './closers.ts';
import { listenAt, listenWithin } from './listening.ts';
import { balancerRoutes } from './health.ts';
import { createLog } from './log.ts';
import {
  type Metrics,
  createMetrics,
  measureEventStreams,
  measurePool,
  serveMetrics,
} from './metrics.ts';
import { ROLES, type Role } from './roles.ts';
import { measureState } from './state-metrics.ts';
import { requireNats } from '../wakes/nats-start.ts';
import { openWakes } from './open-wakes.ts';
import { startSumming } from '../usage/summing.ts';
import { tellSaid } from '../wakes/postgresql.ts';
import type { Wakes } from '../wakes/wakes.ts';

export type ServeOptions = {
  /** E-mail of the person the one-time link is for; default: the only user. */
  user?: string | undefined;
  roles?: readonly Role[] | undefined;
  /** Whether that person gets a simulated router, if people sign in by the link. */
  demo?: boolean;
};

/** Milliseconds: 10,000 routers go elsewhere in 50 s. */
const LONGEST_DRAINING = 75_000;

/** A running service. */
export type Service = {
  /** Where people reach it; absent without the role `api`. */
  url: string | undefined;
  /** Works once, for 10 minutes, on this machine; absent if an issuer is configured. */
  signInLink: string | undefined;
  /** Where routers dial in; absent without the role `commands-server`. */
  routersPort: number | undefined;
  /** Finishes the requests in progress, then closes everything in turn, within about a minute whatever hangs. */
  stop: () => Promise<void>;
};

/** What every role works with. */
type Parts = {
  config: Config;
  log: pino.Logger;
  deployment: Deployment;
  database: Database;
  wakes: Wakes;
  hostKeys: HostKeys;
  metrics: Metrics;
  cells: Cells | undefined;
  /** Where routers dial in; set by the role `commands-server`. */
  routersPort?: number;
  closers: Closers;
};

/** In the order in which they start: the API tells routers where the Commands-Server listens. */
const STARTERS: Record<Role, (parts: Parts) => Promise<void>> = {
  'commands-server': startRouters,
  api: startApi,
  worker: startWorker,
};

/**
 * Starts NetPilot: brings the database up to date, then starts the roles on it. Throws UnavailableError if the role
 * `api` has no web app to serve.
 */
export async function serve(
  config: Config,
  { user, roles = ROLES, demo = false }: ServeOptions = {},
): Promise<Service> {
  const isApi = roles.includes('api');
  if (isApi) requireBuild();
  await requireNats(config.nats);
  const log = createLog(config);
  const swept = await sweepTemporaryFolders();
  if (swept.length > 0)
    log.info({ swept }, 'removed temporary files of processes that were killed');
  const deployment = await openDeployment(config, {
    onRestart: () => log.warn('PostgreSQL had died and was restarted'),
    onRestartFailed: (error) =>
      log.error({ err: error }, 'PostgreSQL has died and could not be restarted'),
  });
  const closers = createClosers(log);
  const stop = closers.closeAll;
  closers.add('PostgreSQL', deployment.leave);
  try {
    await bringUpToDate(deployment.addresses);
    await requirePowerlessService(deployment.addresses.service);
    const metrics = createMetrics();
    const wakes = openWakes(config, deployment, { log, metrics });
    closers.add('hints', wakes.close);
    const { database, close, ...pool } = openServiceDatabase(deployment, config, {
      log,
      isApi,
      wakes,
    });
    closers.add('database connections', close);
    const hostKeys = await readOrMakeHostKeys(database, deployment.secretKey);
    measurePool(metrics, pool);
    measureState(metrics, database, (error) =>
      log.warn({ err: error }, 'the metrics of routers and alerts could not be read'),
    );
    const cells = await openCellsOf(config, log);
    if (cells !== undefined) closers.add('directory of cells', cells.close);
    const parts: Parts = {
      config,
      log,
      deployment,
      database,
      wakes,
      hostKeys,
      metrics,
      closers,
      cells,
    };
    if (!roles.includes('commands-server')) {
      const stopWatching = watchLeases(database, (error) =>
        log.warn({ err: error }, 'the leases of Commands-Servers could not be read'),
      );
      closers.add('watch over leases', async () => stopWatching());
    }
    for (const [role, start] of Object.entries(STARTERS))
      if (roles.some((wanted) => wanted === role)) await start(parts);
    await startMetrics(parts);
    const { routersPort } = parts;
    if (demo && isApi && routersPort !== undefined) await addSimulatedRouter(parts, user);
    return {
      url: isApi ? config.publicUrl : undefined,
      signInLink: isApi ? await makeSignInLink(parts, user) : undefined,
      routersPort,
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

async function startRouters(parts: Parts): Promise<void> {
  const { config, log, deployment, database, wakes, hostKeys, metrics, closers, cells } = parts;
  // A second NetPilot on a person's own machine should just start; a deployment should not change ports. At home routers
  // have learnt theirs; the inner one nobody knows.
  const isDeployment =
    config.database.kind === 'external' || !isLoopback(new URL(config.publicUrl).hostname);
  const isInnerFixed = isDeployment && config.lanAddress === undefined;
  const moving = (setting: Variable, isFixed: boolean) =>
    isFixed
      ? undefined
      : (port: number) =>
          log.warn({ port }, `port in use, using another one: set ${setting} to choose one`);
  const server = await listenAt(
    {
      ...config.routers,
      hostSetting: 'ROUTERS_HOST',
      portSetting: 'ROUTERS_PORT',
      onMove: moving('ROUTERS_PORT', isDeployment || config.routers.isPortChosen),
    },
    (address) =>
      startCommandsServer({
        ...address,
        database,
        wakes,
        driver: createOpenWrtDriver({ hostKeys, log, trustedProxies: config.trustedProxies }),
        log,
        dial: { rules: config.dial, secretKey: deployment.secretKey },
        findDestination: cells && ((fingerprint) => destinationOf(database, cells, fingerprint)),
        onConfirmed: ({ seconds, wasConnected }) =>
          metrics.changes.observe({ router: wasConnected ? 'connected' : 'away' }, seconds),
      }),
  );
  parts.routersPort = server.port;
  const calls = createHttpServer({
    database,
    connections: server.connections,
    wakes,
    token: commandsToken(deployment.secretKey),
    log,
  });
  serveQuestions(calls, deployment.secretKey, server);
  serveMetrics(calls, metrics);
  balancerRoutes(calls, { database, isDraining: server.isDraining });
  // Closed in the other order: while routers are let go, the balancer is told so.
  closers.add('port for services', () => calls.close());
  closers.add('connections of routers', server.stop);
  closers.add('routers that go elsewhere', server.drain, LONGEST_DRAINING);
  const address = await listenWithin(
    config,
    calls,
    moving('COMMANDS_SERVER_PORT', isInnerFixed || config.commandsServer.isPortChosen),
  );
  await server.lease.announce({ address });
}

async function startApi(parts: Parts): Promise<void> {
  const { config, log, deployment, database, wakes, metrics, closers, cells } = parts;
  const { secretKey, addresses } = deployment;
  const url = config.commandsServerUrl;
  const app = await createApp(
    {
      config,
      database,
      cells,
      serviceAddress: addresses.service,
      wakes,
      secretKey,
      onSessions:
        url === undefined
          ? () => undefined
          : announceSessions(
              createCommandsServerClient({ url, token: commandsToken(secretKey) }),
              log,
            ),
      routerAccess: routerAccessOf(parts),
      onEventFeed: (count) => measureEventStreams(metrics, count),
    },
    log,
    metrics,
  );
  closers.add('web server', () => app.close());
  await listenAt({ ...config, hostSetting: 'HOST', portSetting: 'PORT' }, (address) =>
    app.listen(address),
  );
}

/** Without the Commands-Server the inner port is only for metrics: opened if it is asked for, as several may run on one machine. */
async function startMetrics(parts: Parts): Promise<void> {
  const { config, log, deployment, metrics, routersPort, closers } = parts;
  if (routersPort !== undefined || !config.commandsServer.isPortChosen) return;
  const inner = createServer(log, {});
  requireToken(inner, commandsToken(deployment.secretKey));
  serveMetrics(inner, metrics);
  closers.add('port for services', () => inner.close());
  await listenWithin(config, inner);
}

async function startWorker(parts: Parts): Promise<void> {
  const { config, deployment, database, wakes, log, metrics, closers } = parts;
  const stop = startExpiry(database, (error) => log.error({ err: error }, 'expiry failed'));
  const stopSumming = startSumming(database, (error) =>
    log.error({ err: error }, 'summing what devices used failed'),
  );
  closers.add('worker', async () => {
    stop();
    stopSumming();
  });
  const stopAlerts = startAlerts({
    database,
    wakes,
    services: {
      ...sendingServices(config, deployment.secretKey, (error) =>
        log.info({ err: error }, 'an alert could not be sent'),
      ),
      onOutcome: (channel, result) => metrics.deliveries.inc({ channel, result }),
    },
    onError: (error) => log.warn({ err: error }, 'alerts are held up, retrying'),
  });
  closers.add('alerts', stopAlerts);
}

function routerAccessOf({ config: { routers }, hostKeys, routersPort }: Parts): RouterAccess {
  return {
    host: routers.publicHost,
    port: routersPort ?? routers.port,
    hostKeys: [hostKeys.ed25519.publicKey, hostKeys.rsa.publicKey],
  };
}

/** So that a first start has something to show. If it fails, everything else still starts. */
async function addSimulatedRouter(parts: Parts, user: string | undefined): Promise<void> {
  const { config, log, deployment, database, closers } = parts;
  if (config.issuer !== undefined) return;
  try {
    const { dataFolder, publicUrl: url } = config;
    const email = user ?? (await localUserEmail(deployment.addresses.admin));
    const access = routerAccessOf(parts);
    const simulated = await startDemo({ dataFolder, database, url, access, email });
    closers.add('simulated router', async () => simulated?.stop());
  } catch (error) {
    log.warn({ err: error }, 'the simulated router could not be started');
  }
}

/** Migrates if something is pending. A login that is only the service's finds nothing to do, or fails and says who must. */
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
  { databaseEcho, publicUrl }: Config,
  { log, isApi, wakes }: { log: pino.Logger; isApi: boolean; wakes: Wakes },
): OpenDatabase {
  return openDatabase(addresses.service, {
    role: SERVICE_ROLE,
    onSaid: tellSaid(wakes),
    ...(isApi && { applicationName: nameServing(publicUrl) }),
    onConnectionLost: (error) => log.warn({ err: error }, 'a database connection was lost'),
    ...(databaseEcho && { echo: (sql) => log.info({ sql }, 'query') }),
  });
}

async function makeSignInLink(
  { config: { issuer, publicUrl }, deployment, database }: Parts,
  user: string | undefined,
): Promise<string | undefined> {
  if (issuer !== undefined) return undefined;
  const email = user ?? (await localUserEmail(deployment.addresses.admin));
  return (await createLocalLink(database, { email, publicUrl })).url;
}
