/** A node of the fleet: the real reconciler, over a connection's life as connection.ts and sweep.ts have it. */
import type { RouterSession } from '../../src/fleet/driver.ts';
import { type Reconciler, createReconciler } from '../../src/fleet/reconciler.ts';
import type { Clock } from './clock.ts';
import type { Node } from './router.ts';
import { type Stored, storeOf, transact } from './stored.ts';

/** As the fleet has it. */
const CHECK_EVERY = 60_000;
const SWEEP_EVERY = 2_000;

export type Held = {
  id: string;
  connection_id: string;
  reconciler: Reconciler;
  close: () => void;
  isOver: boolean;
};

export type SimulatedNode = Node & {
  /** The newest connection of each router, by its id. */
  held: Map<string, Held>;
  /** All that have not ended. */
  lives: Set<Held>;
};

export type NodeOptions = {
  stored: Stored;
  blockedIn: (id: string, revision: number) => string[];
  /** A connection counts from now on. */
  onConnected: (id: string, connection_id: string) => void;
  /** It looks at nothing unless a hint says so: a fault. */
  isDeaf: boolean;
  /** It reads from a standby that is behind: a fault. */
  isLagging: boolean;
};

export function startNode(name: string, options: NodeOptions): SimulatedNode {
  const node: SimulatedNode = {
    name,
    isDead: false,
    frozenUntil: 0,
    held: new Map(),
    lives: new Set(),
    accept: ({ id }, session) => void hold(node, options, id, session),
  };
  const { clock } = options.stored;
  if (!options.isDeaf) every(clock, node, SWEEP_EVERY, () => void sweep(node, options));
  return node;
}

async function hold(
  node: SimulatedNode,
  options: NodeOptions,
  id: string,
  session: RouterSession,
): Promise<void> {
  const { stored, isDeaf } = options;
  const own = createHeld(options, id, session);
  const { connection_id, reconciler } = own;
  node.lives.add(own);
  try {
    const connected = { connection_id, node: node.name };
    await transact(stored, id, ({ update }) => update(() => connected));
    options.onConnected(id, `${connection_id} at ${node.name}`);
    node.held.get(id)?.close();
    node.held.set(id, own);
    reconciler.look();
    const isOver = () => own.isOver || isDeaf;
    every(stored.clock, node, CHECK_EVERY, () => void reconciler.checkQuietly(), isOver);
    await session.ended;
  } catch {
    session.close('it could not be stored that it is connected');
  } finally {
    own.isOver = true;
    reconciler.close();
    const gone = { connection_id: null, node: null };
    await transact(stored, id, ({ update }) =>
      update((row) => (row.connection_id === connection_id ? gone : {})),
    ).catch(() => undefined);
    node.lives.delete(own);
    if (node.held.get(id) === own) node.held.delete(id);
  }
}

let connections = 0;

function createHeld(
  { stored, blockedIn, isLagging }: NodeOptions,
  id: string,
  session: RouterSession,
): Held {
  connections += 1;
  const connection_id = `${id}#${connections}`;
  const own: Omit<Held, 'reconciler'> = {
    id,
    connection_id,
    isOver: false,
    close: () => {
      own.isOver = true;
      reconciler.close();
      session.close('a newer connection replaced it');
    },
  };
  const reconciler = createReconciler({
    store: storeOf(stored, {
      id,
      connection_id,
      isLagging,
      blockedIn: (revision) => blockedIn(id, revision),
    }),
    connection_id,
    session,
    onScanWanted: () => undefined,
    onReplaced: () => own.close(),
    onError: () => undefined,
  });
  return Object.assign(own, { reconciler });
}

/** What sweep.ts asks the database for. */
async function sweep(node: SimulatedNode, { stored }: NodeOptions): Promise<void> {
  for (const [id, { connection_id, reconciler }] of node.held) {
    const row = await transact(stored, id, ({ read }) => read()).catch(() => undefined);
    if (row === undefined) return;
    const isPending =
      row.applied_revision < row.policy_revision && row.refused_revision !== row.policy_revision;
    if (isPending || row.connection_id !== connection_id) reconciler.lookIfIdle();
  }
}

function every(
  clock: Clock,
  node: Node,
  milliseconds: number,
  run: () => void,
  isOver = () => false,
): void {
  const next = () =>
    clock.plan(
      milliseconds,
      () => {
        if (isOver()) return;
        run();
        next();
      },
      node,
    );
  next();
}
