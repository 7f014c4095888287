/** The life of one router's connection: greeted, told what to do, asked how it is, until it ends. */
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';
import type { Database } from '../database/pool.ts';
import { createReconciler } from './reconciler.ts';
import { type Channel, ChannelClosedError, type Hello, openChannel } from './openwrt/channel.ts';
import type { Neighbour } from './openwrt/messages.ts';
import { type ConnectionOf, markConnected, markDisconnected } from '../routers/presence.ts';
import type { Gate } from './gate.ts';
import { type Sightings, createSightingsQueue } from './sightings.ts';

/** Milliseconds between two signs of life. */
const HEARTBEAT = 20_000;
/** Every so many heartbeats the router is asked whether its rules still stand. */
const BEATS_TO_CHECK = 3;
/** Every so many heartbeats it is asked for all devices, should an event have got lost. */
const BEATS_TO_SCAN = 30;
/** Milliseconds that a new connection's first scan waits for the policy, which is more urgent. */
const POLICY_FIRST = 5_000;

/** What every connection works with. */
export type ConnectionServices = {
  database: Database;
  /** The turns that connections take at the database. */
  gate: Gate;
  log: FastifyBaseLogger;
  /** Name of this Commands-Server: host:port. */
  node: string;
  onSightings: (sightings: Sightings) => Promise<void>;
  heartbeat?: number | undefined;
};

/** A router that is connected. */
export type RouterConnection = {
  /** Something of it may have changed in the database. */
  look: () => void;
  /** Asks what the router does, and mends it; resolves when that is over. */
  check: () => Promise<void>;
  /** Waits until the router has answered to that revision of its policy, for so many milliseconds at most. */
  settled: (revision: number, time: number) => Promise<void>;
  /** All devices that the router knows of now. They are in the inventory, too, by then. */
  scan: () => Promise<Neighbour[]>;
  close: (reason: string) => void;
};

export type Holder = {
  userId: string;
  routerId: string;
  /** Of the key that it logged in with; undefined where it was dialled. */
  fingerprint: Buffer | undefined;
};

/**
 * Takes over a router's channel.
 * @param onOpen the router has said hello: it is to be known, in place of any earlier connection
 */
export function openRouterConnection(
  services: ConnectionServices,
  { userId, routerId, fingerprint }: Holder,
  stream: Duplex,
  onOpen: (connection: RouterConnection) => void,
): Promise<void> {
  const log = services.log.child({ userId, routerId });
  const sightings = createSightingsQueue(
    (devices, complete) =>
      services.gate(() => services.onSightings({ userId, routerId, devices, complete })),
    (error) => log.error({ err: error }, 'what a router sees could not be stored'),
  );
  const channel = openChannel(stream, {
    onEvent: sightings.event,
    onComplaint: (reason) => log.warn({ reason }, 'a router did not understand a line'),
  });
  const connection = { user_id: userId, router_id: routerId, connection_id: randomUUID() };
  return channel.hello.then(
    (hello) => live({ services, log, connection, fingerprint, channel, sightings, onOpen }, hello),
    async () => log.info({ reason: await channel.closed }, 'a router said no hello'),
  );
}

/** Tells a router whose key is revoked that it is linked no more, and nothing else. */
export async function dismissRouter(log: FastifyBaseLogger, stream: Duplex): Promise<void> {
  const channel = openChannel(stream, { onEvent: () => undefined, onComplaint: () => undefined });
  channel.hello.then(
    ({ lan }) => channel.unlink(lan),
    () => undefined, // closed
  );
  log.info({ reason: await channel.closed }, 'a router that is linked no more has gone');
}

type Life = {
  services: ConnectionServices;
  log: FastifyBaseLogger;
  connection: ConnectionOf;
  fingerprint: Buffer | undefined;
  channel: Channel;
  sightings: ReturnType<typeof createSightingsQueue>;
  onOpen: (connection: RouterConnection) => void;
};

async function live(life: Life, hello: Hello): Promise<void> {
  const { services, log, connection, fingerprint, channel, sightings, onOpen } = life;
  const inTenant = <Result>(work: (transaction: TenantTransaction) => Promise<Result>) =>
    services.gate(() => tenantTransaction(services.database, connection.user_id, work));
  const reconciler = createReconciler(
    {
      connection,
      fingerprint,
      database: services.database,
      gate: services.gate,
      status: channel.status,
      apply: channel.apply,
      onOver: (why) =>
        why === 'unlinked'
          ? channel.unlink(hello.lan)
          : channel.close('a newer connection or key replaced it'),
      onError: (error) => {
        if (!(error instanceof ChannelClosedError))
          log.error({ err: error }, 'a router could not be reconciled');
      },
    },
    hello,
  );
  const scan = async () => {
    const devices = await channel.scan();
    await sightings.scan(devices);
    return devices;
  };
  try {
    const isLinked = await inTenant((transaction) =>
      markConnected(transaction, connection, { ...hello, node: services.node }),
    );
    if (!isLinked) channel.unlink(hello.lan);
    onOpen({
      look: reconciler.look,
      check: reconciler.check,
      settled: reconciler.settled,
      scan,
      close: channel.close,
    });
    log.info({ agent: hello.version, state: hello.state }, 'a router has connected');
    reconciler.look();
    const stop = keepAlive(services.heartbeat ?? HEARTBEAT, channel, reconciler.check, scan);
    await reconciler.settled(1, POLICY_FIRST);
    scan().catch((error: unknown) => {
      if (!(error instanceof ChannelClosedError)) channel.close('its scan could not be stored');
    });
    log.info({ reason: await channel.closed }, 'a router has gone');
    stop();
  } catch (error) {
    log.error({ err: error }, 'a router could not be received');
    channel.close('it could not be received');
  } finally {
    reconciler.close();
    await inTenant((transaction) => markDisconnected(transaction, connection)).catch(
      (error: unknown) => log.warn({ err: error }, 'that a router has gone could not be stored'),
    );
  }
}

/** Asks again and again whether the router is there and well; the channel ends where no answer comes. */
function keepAlive(
  heartbeat: number,
  channel: Channel,
  check: () => Promise<void>,
  scan: () => Promise<unknown>,
): () => void {
  let beats = 0;
  const timer = setInterval(() => {
    beats += 1;
    if (beats % BEATS_TO_SCAN === 0) scan().catch(() => undefined); // ended, or logged
    else if (beats % BEATS_TO_CHECK === 0) void check();
    else channel.ping().catch(() => undefined); // ended
  }, heartbeat);
  return () => clearInterval(timer);
}
