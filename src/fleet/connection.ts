/** The life of one router's connection: made to do its policy, asked how it is, until it ends. */
import { randomUUID } from 'node:crypto';
import type { OfRouter } from '../database/models.ts';
import { explainOutage } from '../database/outage.ts';
import type { Neighbour } from '../devices/neighbour.ts';
import { recordScan } from '../devices/scan.ts';
import { NotFoundError, UnavailableError } from '../errors.ts';
import { type ConnectionOf, markDisconnected } from '../routers/presence.ts';
import { finishScan } from '../routers/scan-requests.ts';
import type { Arrive } from './arrivals.ts';
import type { Confirm } from './confirmations.ts';
import type { Waited } from './desired-state.ts';
import { type RouterSession, SessionEndedError } from './driver.ts';
import { type FactServices, createFactStore } from './fact-store.ts';
import { type Rush, scanFirst } from './first-scan.ts';
import { createGivingWay } from './giving-way.ts';
import { type Reconciler, createReconciler } from './reconciler.ts';
import { createRequests } from './requests.ts';
import type { Find } from './lookups.ts';
import type { FindDestination } from './moved.ts';
import { createScanQueue } from './scan-queue.ts';
import { createRouterStore } from './router-store.ts';

/** Milliseconds between two questions whether the router's rules still stand. */
const CHECK_EVERY = 60_000;
/** Every so many checks it is asked for all devices instead, in case an event got lost. */
const CHECKS_TO_SCAN = 10;
/** Milliseconds that a new connection's first scan waits for the policy, which is more urgent. */
const POLICY_FIRST = 5_000;

/** Why routers are sent elsewhere. */
export const SERVICE_STOPS = 'the service stops';

/** What every connection works with. */
export type ConnectionServices = FactServices & {
  arrive: Arrive;
  rush: Rush;
  find: Find;
  confirm: Confirm;
  checkEvery?: number | undefined;
  /** With cells: where those are to connect whose users were moved. */
  findDestination?: FindDestination | undefined;
  /** A router has confirmed what it was to do. */
  onConfirmed?: ((waited: Waited) => void) | undefined;
};

/** A router that is connected. */
export interface RouterConnection extends Omit<Reconciler, 'close' | 'checkQuietly'> {
  held: HeldConnection;
  /** Something besides its policy is wanted of the router. */
  ask: () => void;
  /** All devices that the router knows of now, once they are in the inventory. */
  scan: () => Promise<Neighbour[]>;
  /** A newer connection counts: this one ends, once it is known whether anybody is still there. */
  giveWay: () => void;
  /** The service stops: sends the router elsewhere. The connection counts until `letGo` is called, though it has ended before. */
  leave: () => void;
  /** @param isElsewhere whether another connection has taken its place: then nothing has ended */
  letGo: (isElsewhere: boolean) => void;
}

/** A connection as the database has it, while it counts. */
export type HeldConnection = OfRouter & {
  connection_id: string;
  /** In hexadecimal, of the key that the router connected with; null if it was dialled. */
  fingerprint: string | null;
};

/** A router, and the fingerprint of the key that it connected with; undefined if it was dialled. */
export type ConnectedRouter = OfRouter & { fingerprint: Buffer | undefined };

/**
 * Holds a router's connection until it ends; never rejects.
 * @param onOpen the router is connected: this connection is the newest
 */
export async function holdConnection(
  services: ConnectionServices,
  { fingerprint, ...router }: ConnectedRouter,
  session: RouterSession,
  onOpen: (connection: RouterConnection) => void,
): Promise<void> {
  const { quotas } = services;
  const log = quotas.logOf(router);
  const isSilent = !quotas.mayAnnounce(router);
  const connection = { ...router, connection_id: randomUUID(), isSilent };
  const { scans, facts, requests, hear } = createAsides(services, connection, session);
  const { features } = session.capabilities;
  const reconciler = createReconciler({
    store: createRouterStore(services, connection, { fingerprint, features }),
    connection_id: connection.connection_id,
    session,
    // If it fails it is still wanted, and tried again with the next check.
    onScanWanted: oneAtATime(() => scan()),
    onReplaced: () => giveWay(),
    onConfirmed: services.onConfirmed,
    onError: (error) => {
      if (error instanceof SessionEndedError) return;
      // It is tried again: an outage of the database passes, and so does the move of a household.
      const level = explainOutage(error) instanceof UnavailableError ? 'warn' : 'error';
      log[level]({ err: error }, 'a router could not be reconciled');
    },
  });
  const leaving = createLeaving(session, fingerprint === undefined);
  const giveWay = createGivingWay(services, { ...connection, fingerprint }, session, () => {
    reconciler.close();
    leaving.letGo(true);
  });
  const scan = async () => {
    const neighbours = await session.scan();
    await scans.scan(neighbours);
    return neighbours;
  };
  let isOver = false;
  const ask = () => {
    // What it takes, nobody else gets: who has ended takes nothing.
    if (!isOver) requests.request();
  };
  try {
    const welcome = await services.arrive({ ...connection, ...session.capabilities });
    services.rush.note();
    if (welcome === undefined) session.unlink();
    // What it says is stored from now on, when this connection counts.
    hear();
    const held = heldOf(connection, fingerprint);
    onOpen({ ...reconciler, held, scan, ask, giveWay, ...leaving });
    const { version: agent } = session.capabilities;
    log.info({ agent, state: session.report.state }, 'router connected');
    reconciler.look();
    if (welcome !== undefined) requests.begin(welcome);
    keepChecking(session, services.checkEvery ?? CHECK_EVERY, reconciler.checkQuietly, scan);
    await reconciler.settled(1, POLICY_FIRST);
    const isKnown = welcome?.is_scanned === true;
    if (isKnown) facts.onStored({ discovered: 0, complete: true });
    void scanFirst(session, scan, isKnown, services.rush);
    log.info({ reason: await session.ended }, 'router disconnected');
  } catch (error) {
    log.error({ err: error }, 'a new connection of a router failed');
    session.close('it could not be stored that it is connected');
  } finally {
    isOver = true;
    reconciler.close();
    // A scan that is stored afterwards would have its devices online again.
    await scans.settled();
    await facts.settled();
    await requests.idle();
    if (!(await leaving.isElsewhere())) await storeEnd(services, connection, leaving.isOurs());
  }
}

/**
 * How the service sends a router elsewhere: its connection counts until that is decided, though it has ended before. A router that is dialled
 * goes nowhere by itself: another node calls it once it is disconnected.
 */
function createLeaving(session: RouterSession, isDialled: boolean) {
  const letGo = Promise.withResolvers<boolean>();
  let isOurs = false;
  return {
    leave: (): void => {
      isOurs = true;
      session.redial(SERVICE_STOPS);
    },
    letGo: letGo.resolve,
    isOurs: () => isOurs,
    isElsewhere: async () => isOurs && !isDialled && letGo.promise,
  };
}

async function storeEnd(
  { database, quotas }: ConnectionServices,
  connection: ConnectionOf,
  isOurs: boolean,
): Promise<void> {
  try {
    await database.asUser(connection.user_id, (transaction) =>
      markDisconnected(transaction, connection, isOurs),
    );
  } catch (error) {
    const log = quotas.logOf(connection);
    log.warn({ err: error }, 'could not store that a router disconnected');
  }
}

function heldOf(
  { user_id, router_id, connection_id }: OfRouter & { connection_id: string },
  fingerprint: Buffer | undefined,
): HeldConnection {
  return { user_id, router_id, connection_id, fingerprint: fingerprint?.toString('hex') ?? null };
}

/** Starts the work, unless it is under way. */
function oneAtATime(work: () => Promise<unknown>): () => void {
  let running: Promise<unknown> | undefined;
  return () => {
    running ??= work()
      .catch(() => undefined)
      .finally(() => (running = undefined));
  };
}

/** What a router tells, and is asked for, beside its policy. */
function createAsides(services: ConnectionServices, router: ConnectionOf, session: RouterSession) {
  const { database, quotas } = services;
  const log = quotas.logOf(router);
  const scans = createScanQueue(
    (neighbours, complete) =>
      database[complete ? 'runScan' : 'runFor'](router.user_id, async (shared) => {
        const { user_id: userId, router_id: routerId, connection_id: connectionId } = router;
        if (!quotas.mayChange(router)) {
          if (complete) await finishScan(shared, router);
          return;
        }
        const scan = { userId, routerId, connectionId, neighbours, complete };
        const { discovered, came_online, went_offline, moved } = await recordScan(shared, scan);
        quotas.countChanges(router, discovered + came_online + went_offline + moved);
        facts.onStored({ discovered, complete });
      }),
    (error) => {
      // Of a router that was deleted, or has another connection, the reconciler takes care.
      if (!(error instanceof NotFoundError))
        log.error({ err: error }, 'could not store what a router sees');
    },
  );
  const facts = createFactStore(services, router, (error) =>
    log.error({ err: error }, 'could not store what a router tells'),
  );
  return {
    scans,
    facts,
    hear: () =>
      session.watch({
        onNeighbour: scans.event,
        onFact: facts.take,
        onComplaint: (reason) => log.warn({ reason }, 'a router did not understand a line'),
      }),
    requests: createRequests(database, router, session, (error) =>
      log.error({ err: error }, 'could not read what is wanted of a router'),
    ),
  };
}

/** Asks again and again whether the router is well; its session ends when no answer comes. */
function keepChecking(
  { ended }: RouterSession,
  every: number,
  check: () => Promise<void>,
  scan: () => Promise<unknown>,
): void {
  let checks = 0;
  const timer = setInterval(() => {
    checks += 1;
    if (checks % CHECKS_TO_SCAN === 0) scan().catch(() => undefined); // ended, or logged
    else void check();
  }, every);
  void ended.then(() => clearInterval(timer));
}
