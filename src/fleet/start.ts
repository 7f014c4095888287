/** The Commands-Server: holds the routers' connections, and makes them do what the database says. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { FastifyBaseLogger } from 'fastify';
import type { DialRules } from '../config/dialling.ts';
import type { Database } from '../database/pool.ts';
import { findKeyHolder } from '../routers/keys.ts';
import { type FindDestination, sendOn } from './moved.ts';
import { mayDial } from '../routers/dialling.ts';
import { findLivingNodes, noteMissedRouters } from '../routers/leases.ts';
import type { ConnectedRouter } from './connection.ts';
import { createArrivals } from './arrivals.ts';
import { createConfirmations } from './confirmations.ts';
import { type RouterConnections, createRouterConnections } from './connections.ts';
import type { Waited } from './desired-state.ts';
import { startDialler } from './dialler.ts';
import { type CutOff, watchCutOff } from './cut-off.ts';
import { findBackIn, sendElsewhere } from './draining.ts';
import type { RouterDriver, RouterSession } from './driver.ts';
import { createRush } from './first-scan.ts';
import { createLookups } from './lookups.ts';
import { type Lease, RENEW_EVERY, takeLease } from './lease.ts';
import { leaseStore } from './lease-store.ts';
import { createMeasurements } from './measurements.ts';
import { createAnswerer } from './questions.ts';
import { type RouterLimits, type RouterQuotas, createRouterQuotas } from './router-limits.ts';
import type { Answerer } from '../wakes/questions.ts';
import type { Wakes } from '../wakes/wakes.ts';
import { createUsageRecorder, recordUsage } from '../usage/recorder.ts';
import { repeat } from '../repeat.ts';
import { delay, within } from '../timeout.ts';
import { type RouterDatabase, routerDatabase } from './router-database.ts';
import { type SweepOptions, startSweep } from './sweep.ts';

const SWEEP_EVERY = 2_000;
/** Milliseconds that a node which stops waits for the database to say who else lives. */
const LONGEST_LOOK = 3_000;
/** Milliseconds between two looks for routers that have not come back. */
const MISSED = 60_000;

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
  /** With cells: where those are to connect whose users were moved to another one. */
  findDestination?: FindDestination | undefined;
  /** A router has confirmed what it was to do. */
  onConfirmed?: (waited: Waited) => void;
  /** Milliseconds for which it must have reached the database before it ends what others held. */
  trustedAfter?: number;
};

export type CommandsServer = {
  /** Where routers dial in. */
  port: number;
  connections: RouterConnections;
  lease: Lease;
  /** Answers for its routers. */
  answer: Answerer;
  /** Whether it lets its routers go, because it stops, or has lost the database that others have. */
  isDraining: () => boolean;
  /** Sends the routers to other nodes, if any lives, and goes on for those that have not gone. Comes before `stop`. */
  drain: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Starts it. Rejects if it can't listen, or can't reach the database. */
export async function startCommandsServer(options: CommandsServerOptions): Promise<CommandsServer> {
  const { driver, log, host, port, dial, checkEvery, onConfirmed } = options;
  const database = routerDatabase(options.database);
  const node = `${hostname()}:${port === 0 ? randomUUID() : port}`;
  const quotas = createRouterQuotas(log, options.limits);
  const recorder = createUsageRecorder(
    (samples) => database.run((shared) => recordUsage(shared, samples)),
    (error) => log.error({ err: error }, 'could not store what devices use'),
  );
  const ready = Promise.withResolvers<RouterConnections>();
  // Before the lease: who has no port takes the name of nobody who has it.
  const listening = await driver.listen({
    host,
    port,
    findHolder: (fingerprint) => findHolder(options, database, fingerprint),
    onRouter: (holder, opening) => {
      if (holder.state === 'linked') void receive(quotas, ready.promise, holder, opening);
      else if (holder.state === 'moved') void dismiss(log, sendOn(opening, holder.to));
      else void dismiss(log, opening.then(unlinked));
    },
  });
  const lease = await leaseOf(options, node, ready.promise).catch(async (error: unknown) => {
    await listening.close();
    throw error;
  });
  const services = {
    database,
    arrive: createArrivals(database, lease),
    rush: createRush(),
    find: createLookups(database),
    confirm: createConfirmations(database),
    measure: createMeasurements(database),
    quotas,
    recorder,
    log,
    lease,
    driver,
    checkEvery,
    findDestination: options.findDestination,
    onConfirmed,
  };
  const connections = createRouterConnections(services);
  ready.resolve(connections);
  const dialler =
    dial && mayDial(dial.rules) ? startDialler({ ...services, ...dial, connections }) : undefined;
  const answer = createAnswerer(connections, (error) =>
    log.error({ err: error }, 'a question of another process could not be answered'),
  );
  const stopLooking = startLooking(options, { database, lease, connections, dialler, answer });
  let isDraining = false;
  const cutOff = watchCutOff({ ...options, lease, connections, isDraining: () => isDraining });
  return {
    port: listening.port,
    connections,
    lease,
    answer,
    isDraining: () => isDraining || cutOff.isCutOff(),
    drain: async () => {
      isDraining = true;
      await lease.announce({ state: 'draining' });
      if (!(await isAnyoneElseReady(options, lease, cutOff))) return;
      await dialler?.close();
      await sendElsewhere(connections, findBackIn(options.database));
    },
    stop: async () => {
      isDraining = true;
      cutOff.stop();
      await stopLooking();
      // Before anybody is sent away, who would come back.
      listening.refuse();
      await dialler?.close();
      await connections.close();
      await listening.close();
      await recorder.settled();
      await lease.end();
    },
  };
}

/** Who a key belongs to, or where they have moved. */
async function findHolder(
  { findDestination }: CommandsServerOptions,
  database: RouterDatabase,
  fingerprint: Buffer,
) {
  const holder = await database.run((shared) => findKeyHolder(shared, fingerprint));
  if (holder?.state === 'linked') return { ...holder, fingerprint };
  const to = await findDestination?.(fingerprint);
  return to === undefined ? holder : { state: 'moved' as const, to };
}

/** Looks at what may have changed: by hints, and because any may be lost. Gives what stops it. */
function startLooking(
  options: CommandsServerOptions,
  parts: Pick<SweepOptions, 'database' | 'connections' | 'dialler'> & {
    lease: Lease;
    answer: Answerer;
  },
): () => Promise<void> {
  const { log, wakes, sweepEvery = SWEEP_EVERY } = options;
  const { connections, dialler, lease, answer } = parts;
  const hearing = [
    wakes.hear(
      'router',
      (key) => {
        if (key === undefined) connections.lookAll();
        if (key === undefined || !connections.look(key)) dialler?.look(key);
      },
      { node: lease.instance },
    ),
    wakes.hear('ask', (key) => key !== undefined && connections.ask(key), { node: lease.instance }),
    wakes.answer(lease.instance, answer),
  ];
  const stopSweep = startSweep({ ...parts, log, every: sweepEvery });
  const stopMissing = repeat(
    () => noteMissedRouters(options.database),
    MISSED,
    (error) => log.warn({ err: error }, 'could not look for routers that are missed'),
  );
  return async () => {
    stopMissing();
    for (const stop of hearing) stop();
    await stopSweep();
  };
}

/** Whether another node would take the routers. While the database does not say it, what they say themselves counts. */
async function isAnyoneElseReady(
  { database, log }: CommandsServerOptions,
  { node }: Lease,
  { isAnyoneReady }: Pick<CutOff, 'isAnyoneReady'>,
): Promise<boolean> {
  try {
    const nodes = await within(LONGEST_LOOK, findLivingNodes(database), () => undefined);
    if (nodes !== undefined)
      return nodes.some((other) => other.node !== node && other.state === 'ready');
  } catch (error) {
    log.warn({ err: error }, 'the database does not say whether others would take the routers');
  }
  // They say it each second.
  const until = performance.now() + LONGEST_LOOK;
  while (!isAnyoneReady() && performance.now() < until) await delay(RENEW_EVERY / 4);
  return isAnyoneReady();
}

/** @param connections known once it has begun */
async function leaseOf(
  { database, log, trustedAfter }: CommandsServerOptions,
  node: string,
  connections: Promise<RouterConnections>,
): Promise<Lease> {
  let held: RouterConnections | undefined;
  void connections.then((all) => (held = all));
  return takeLease({
    store: leaseStore(database),
    node,
    connections: () => held?.size() ?? 0,
    trustedAfter,
    onReplaced: (name) => {
      log.error(
        { name },
        `another Commands-Server is called ${node} too: this one goes on as ${name}, and its routers connect anew; give each machine a host name of its own`,
      );
      held?.lookAll();
    },
    onError: (error) => log.warn({ err: error }, 'the lease could not be renewed, retrying'),
  });
}

async function receive(
  quotas: RouterQuotas,
  connections: Promise<RouterConnections>,
  router: ConnectedRouter,
  opening: Promise<RouterSession>,
): Promise<void> {
  try {
    const session = await opening;
    await (await connections).hold(router, session);
  } catch (error) {
    quotas.logOf(router).info({ reason: String(error) }, 'router disconnected before hello');
  }
}

/** Waits for the end of a router that was told to unlink, or to go elsewhere, and nothing else. No line, because it may come back at once. */
async function dismiss(log: FastifyBaseLogger, ending: Promise<string>): Promise<void> {
  try {
    log.debug({ reason: await ending }, 'a router that is not linked here disconnected');
  } catch (error) {
    log.debug(
      { reason: String(error) },
      'a router that is not linked here disconnected before hello',
    );
  }
}

function unlinked(session: RouterSession): Promise<string> {
  session.unlink();
  return session.ended;
}
