/** A node: the real Commands-Server, on the model of the database, with routers that are a model, too. */
import { pino } from 'pino';
import {
  type CommandsServer,
  type CommandsServerOptions,
  startCommandsServer,
} from '../../src/fleet/start.ts';
import type { RouterDriver } from '../../src/fleet/driver.ts';
import { type LocalWakes, createLocalWakes } from '../../src/wakes/wakes.ts';
import { type Stored, connectTo } from './database.ts';
import type { Listener } from './router.ts';

export type SimulatedNode = Listener & {
  port: number;
  /** A hint has come. */
  hear: LocalWakes['tell'];
  /** Undefined until it has started. */
  server: CommandsServer | undefined;
};

export type NodeOptions = {
  stored: Stored;
  name: string;
  /** It has a node's name by its machine and this. */
  port: number;
  /** What it is started with besides: a fault of ours. */
  settings: Pick<CommandsServerOptions, 'sweepEvery' | 'checkEvery' | 'trustedAfter'>;
  /** It could not start, or has stopped. */
  onExit: (node: SimulatedNode) => void;
};

const log = pino({ level: 'silent' });

export function startNode(options: NodeOptions): SimulatedNode {
  const { stored, name, port, settings, onExit } = options;
  const { clock } = stored;
  const wakes = createLocalWakes();
  const node: SimulatedNode = {
    name,
    port,
    isDead: false,
    begunAt: clock.now(),
    diedAt: undefined,
    frozenAt: 0,
    frozenUntil: 0,
    cutOffUntil: 0,
    troubledAt: 0,
    ahead: 0,
    isRefusing: false,
    greet: undefined,
    hear: wakes.tell,
    server: undefined,
  };
  clock.runAs(node, () => {
    startCommandsServer({
      ...settings,
      database: connectTo(stored, node),
      // What it tells, the cluster does.
      wakes: { ...wakes, tell: () => undefined },
      driver: driverOf(node),
      log,
      host: '',
      port,
    }).then(
      (server) => (node.server = server),
      () => onExit(node),
    );
  });
  return node;
}

/** Its routers go elsewhere, and it ends. */
export async function drainNode(node: SimulatedNode, onExit: NodeOptions['onExit']): Promise<void> {
  const { server } = node;
  if (server === undefined || server.isDraining()) return;
  try {
    await server.drain();
    await server.stop();
  } finally {
    onExit(node);
  }
}

function driverOf(node: SimulatedNode): RouterDriver {
  return {
    listen: async ({ port, findHolder, onRouter }) => {
      node.greet = async ({ id }, connect) => {
        const holder = await findHolder(Buffer.from(id));
        if (holder === undefined) throw new Error('nobody has its key');
        onRouter(holder, Promise.resolve(connect()));
      };
      return {
        port,
        refuse: () => (node.greet = undefined),
        close: async () => void (node.greet = undefined),
      };
    },
    connect: () => Promise.reject(new Error('It dials nobody.')),
  };
}
