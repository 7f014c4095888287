/** The Commands-Server: holds the routers' connections, and makes them do what the database says. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { FastifyBaseLogger } from 'fastify';
import type { DialRules } from '../config/dialling.ts';
import type { Database } from '../database/pool.ts';
import { findKeyHolder } from '../routers/keys.ts';
import { mayDial } from '../routers/dialling.ts';
import { endLostConnections } from '../routers/presence.ts';
import type { ConnectedRouter } from './connection.ts';
import { createConfirmations } from './confirmations.ts';
import { type RouterConnections, createRouterConnections } from './connections.ts';
import type { Waited } from './desired-state.ts';
import { startDialler } from './dialler.ts';
import type { RouterDriver, RouterSession } from './driver.ts';
import { type RouterLimits, type RouterQuotas, createRouterQuotas } from './router-limits.ts';
import type { Wakes } from '../wakes/wakes.ts';
import { createUsageRecorder, recordUsage } from '../usage/recorder.ts';
import { routerDatabase } from './router-database.ts';
import { startSweep } from './sweep.ts';

const SWEEP_EVERY = 2_000;
/** Milliseconds between two looks for connections whose Commands-Server died. */
const CORRECTION = 60_000;

export type CommandsServerOptions = {
  database: Database;
  wakes: Wakes;
  driver: RouterDriver;
  log: FastifyBaseLogger;
  /** Where routers dial in. Port 0 takes any free one. */
  host: string;
  port: number;
  /** Milliseconds between two questions whether a router's rules still stand. */
  checkEvery?: number;
  /** Milliseconds between two looks for what no hint has said. */
  sweepEvery?: number;
  /** What one router may leave behind in an hour. */
  limits?: RouterLimits;
  /** What may be dialled, and what opens the keys for that; default: nothing is. */
  dial?: { rules: DialRules; secretKey: string };
  /** A router has confirmed what it was to do. */
  onConfirmed?: (waited: Waited) => void;
};

export type CommandsServer = {
  /** Where routers dial in. */
  port: number;
  connections: RouterConnections;
  /** Whether it lets its routers go, because it stops. */
  isDraining: () => boolean;
  stop: () => Promise<void>;
};

/** Starts it. Rejects if it can't listen, or can't reach the database. */
export async function startCommandsServer(options: CommandsServerOptions): Promise<CommandsServer> {
  const { driver, log, host, port, dial, checkEvery, onConfirmed, wakes } = options;
  const database = routerDatabase(options.database);
  const node = `${hostname()}:${port === 0 ? randomUUID() : port}`;
  const quotas = createRouterQuotas(log, options.limits);
  const recorder = createUsageRecorder(
    (samples) => database.run((shared) => recordUsage(shared, samples)),
    (error) => log.error({ err: error }, 'could not store what devices use'),
  );
  const confirm = createConfirmations(database);
  const services = {
    database,
    confirm,
    quotas,
    recorder,
    log,
    node,
    driver,
    checkEvery,
    onConfirmed,
  };
  await endLostConnections(options.database, node);
  const connections = createRouterConnections(services);
  const listening = await driver.listen({
    host,
    port,
    findHolder: async (fingerprint) => {
      const holder = await database.run((shared) => findKeyHolder(shared, fingerprint));
      return holder && { ...holder, fingerprint };
    },
    onRouter: (holder, opening) =>
      void (holder.state === 'linked'
        ? receive(quotas, connections, holder, opening)
        : dismiss(log, opening)),
  });
  const dialler =
    dial && mayDial(dial.rules) ? startDialler({ ...services, ...dial, connections }) : undefined;
  const hearing = [
    wakes.hear('router', (key) => {
      if (key === undefined) connections.lookAll();
      if (key === undefined || !connections.look(key)) dialler?.look(key);
    }),
    wakes.hear('ask', (key) => key !== undefined && connections.ask(key)),
  ];
  const stopSweep = startSweep({
    ...services,
    connections,
    dialler,
    every: options.sweepEvery ?? SWEEP_EVERY,
  });
  const correction = setInterval(() => {
    endLostConnections(options.database, '').catch((error: unknown) =>
      log.warn({ err: error }, 'could not correct lost connections'),
    );
  }, CORRECTION);
  let isDraining = false;
  return {
    port: listening.port,
    connections,
    isDraining: () => isDraining,
    stop: async () => {
      isDraining = true;
      clearInterval(correction);
      for (const stop of hearing) stop();
      await stopSweep();
      // Before anybody is sent away, who would come back.
      listening.refuse();
      await dialler?.close();
      await connections.close();
      await listening.close();
      await recorder.settled();
    },
  };
}

async function receive(
  quotas: RouterQuotas,
  connections: RouterConnections,
  router: ConnectedRouter,
  opening: Promise<RouterSession>,
): Promise<void> {
  try {
    await connections.hold(router, await opening);
  } catch (error) {
    quotas.logOf(router).info({ reason: String(error) }, 'router disconnected before hello');
  }
}

/** Tells a router whose key is revoked to unlink, and nothing else. No line, because it may come back at once. */
async function dismiss(log: FastifyBaseLogger, opening: Promise<RouterSession>): Promise<void> {
  try {
    const session = await opening;
    session.unlink();
    log.debug({ reason: await session.ended }, 'unlinked router disconnected');
  } catch (error) {
    log.debug({ reason: String(error) }, 'unlinked router disconnected before hello');
  }
}
