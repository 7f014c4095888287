import { pino } from 'pino';
import { createLocalLink } from '../accounts/local-link.ts';
import { localUserEmail } from '../accounts/local-user.ts';
import { createCommandsServerClient } from '../commands-server/client.ts';
import { serviceToken } from '../commands-server/token.ts';
import type { Config } from '../config/config.ts';
import { type DatabaseAddresses, SERVICE_ROLE } from '../database/address.ts';
import { type Deployment, openDeployment } from '../database/deployment.ts';
import { startExpiry } from '../database/expiry.ts';
import { migrateUp, pendingMigrations } from '../database/migrate.ts';
import { type Database, type OpenDatabase, openDatabase } from '../database/pool.ts';
import { requirePowerlessService } from '../database/roles.ts';
import type { App } from '../endpoint/app.ts';
import { InvalidInputError } from '../errors.ts';
import { createApp } from './app.ts';

/** A service that listens. */
export type Service = {
  url: string;
  /** Works once, for 10 minutes, on this machine; absent where an issuer is configured. */
  signInLink: string | undefined;
  /** Answers what is under way, then closes everything in turn. */
  stop: () => Promise<void>;
};

/**
 * Starts all of NetPilot: the database (brought up to date), the HTTP server, the expiry.
 * @param options.user e-mail of the person the one-time link is for; default: the only user there is
 */
export async function serve(
  config: Config,
  options: { user?: string | undefined } = {},
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
    const app = await createApp(
      {
        config,
        database,
        serviceAddress: deployment.addresses.service,
        secretKey: deployment.secretKey,
        commandsServer: connectCommandsServer(config, deployment),
      },
      log,
    );
    closers.push(() => app.close());
    await listen(app, config);
    const stopExpiry = startExpiry(database, (error) => log.error({ err: error }, 'expiry failed'));
    closers.push(async () => stopExpiry());
    return {
      url: config.publicUrl,
      signInLink: await makeSignInLink(config, deployment, database, options.user),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Migrates where something is missing. A login that is only the service's finds nothing to do, or says who must. */
async function bringUpToDate({ admin, service }: DatabaseAddresses): Promise<void> {
  const { database, close } = openDatabase(service, { role: SERVICE_ROLE });
  try {
    if ((await pendingMigrations(database)).length === 0) return;
  } catch {
    // No such role yet, or no right to read: whatever it is, migrating mends it or tells why not.
  } finally {
    await close();
  }
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

function connectCommandsServer({ commandsServerUrl }: Config, { secretKey }: Deployment) {
  return commandsServerUrl === undefined
    ? undefined
    : createCommandsServerClient({ url: commandsServerUrl, token: serviceToken(secretKey) });
}

async function listen(app: App, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE' || code === 'EACCES') {
      throw new InvalidInputError([
        {
          field: 'PORT',
          value: port,
          expected: 'a port that is free and that this user may open (--port takes another)',
        },
      ]);
    }
    if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') {
      throw new InvalidInputError([
        { field: 'HOST', value: host, expected: 'a name or an address of this machine' },
      ]);
    }
    throw error;
  }
}

async function makeSignInLink(
  { issuer, publicUrl }: Config,
  { addresses }: Deployment,
  database: Database,
  user: string | undefined,
): Promise<string | undefined> {
  if (issuer !== undefined) return undefined;
  const email = user ?? (await localUserEmail(addresses.admin));
  return (await createLocalLink(database, { email, publicUrl })).url;
}
