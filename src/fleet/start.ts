/** The Commands-Server: holds the routers' connections, and does over them what the database says. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { FastifyBaseLogger } from 'fastify';
import type { DialRules } from '../config/dialling.ts';
import type { DatabaseAddress } from '../config/database-address.ts';
import { listen } from '../database/listen.ts';
import type { Database } from '../database/pool.ts';
import { type KeyHolder, findKeyHolder } from '../routers/keys.ts';
import { mayDial } from '../routers/dialling.ts';
import { endLostConnections } from '../routers/presence.ts';
import type { AdmissionLimits } from './openwrt/admission.ts';
import type { HostKey } from './openwrt/host-key.ts';
import { startSshServer } from './openwrt/ssh-server.ts';
import { startDialler } from './dialler.ts';
import { createGate } from './gate.ts';
import { dismissRouter } from './router-connection.ts';
import { type RouterConnections, createRouterConnections } from './router-connections.ts';
import type { Sightings } from './sightings.ts';

/** As `notify_router` in the migrations names it. */
const CHANNEL = 'netpilot_router';

/** How many of the database's connections the routers share. */
const DATABASE_TURNS = 12;

/** Milliseconds between two looks for connections whose Commands-Server died. */
const CORRECTION = 60_000;

export type CommandsServerOptions = {
  database: Database;
  serviceAddress: DatabaseAddress;
  hostKey: HostKey;
  log: FastifyBaseLogger;
  /** Where routers dial in. Port 0 takes any free one. */
  host: string;
  port: number;
  onSightings: (sightings: Sightings) => Promise<void>;
  limits?: Partial<AdmissionLimits>;
  heartbeat?: number;
  /** What may be dialled, and what opens the keys for that; default: nothing is. */
  dial?: { rules: DialRules; secretKey: string };
};

export type CommandsServer = {
  /** Where routers dial in. */
  port: number;
  connections: RouterConnections;
  stop: () => Promise<void>;
};

/** Starts it. Rejects where it can't listen, or the database can't be had. */
export async function startCommandsServer(options: CommandsServerOptions): Promise<CommandsServer> {
  const { database, log, host, heartbeat } = options;
  const gate = createGate(DATABASE_TURNS);
  const services = {
    database,
    gate,
    log,
    node: `${hostname()}:${options.port === 0 ? randomUUID() : options.port}`,
    onSightings: options.onSightings,
    heartbeat,
  };
  await endLostConnections(database, services.node);
  const connections = createRouterConnections(services);
  const dialler =
    options.dial && mayDial(options.dial.rules)
      ? startDialler({ ...services, ...options.dial, connections })
      : undefined;
  const stopListening = listen(options.serviceAddress, CHANNEL, {
    onNotification: (key) => {
      if (!connections.look(key)) dialler?.look(key);
    },
    onListening: () => {
      connections.lookAll();
      dialler?.look();
    },
    onLost: (error) => log.warn({ err: error }, 'changes are not heard of for a moment'),
  });
  const correction = setInterval(() => {
    endLostConnections(database, '').catch((error: unknown) =>
      log.warn({ err: error }, 'lost connections could not be corrected'),
    );
  }, CORRECTION);
  const close = async () => {
    clearInterval(correction);
    await dialler?.close();
    await connections.close();
    await stopListening();
  };
  try {
    const ssh = await startSshServer<KeyHolder & { fingerprint: Buffer }>({
      host,
      port: options.port,
      hostKey: options.hostKey,
      log,
      ...(options.limits && { limits: options.limits }),
      findHolder: async (fingerprint) => {
        const holder = await gate(() => findKeyHolder(database, fingerprint));
        return holder && { ...holder, fingerprint };
      },
      onChannel: (holder, stream, end) => {
        const life =
          holder.state === 'linked' ? connections.take(holder, stream) : dismissRouter(log, stream);
        void life.finally(end);
      },
    });
    if (!options.hostKey.isFirst)
      log.warn(
        { fingerprint: options.hostKey.fingerprint },
        'SECRET_KEY is another than when routers were first linked: those do not know this host key, and stay away until they are linked again or that SECRET_KEY is back',
      );
    log.info({ port: ssh.port, fingerprint: options.hostKey.fingerprint }, 'routers may dial in');
    return {
      port: ssh.port,
      connections,
      stop: async () => {
        await Promise.all([ssh.close(), close()]);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
