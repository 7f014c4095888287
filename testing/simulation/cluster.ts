/** Nodes, routers, a database, hints that get lost, and what must be in the end. */
import { sql } from 'kysely';
import { manufacturers } from '../../src/devices/manufacturer.ts';
import { routerKey } from '../../src/fleet/router-key.ts';
import { type Random, pick } from '../../src/simulator/random.ts';
import type { Clock } from './clock.ts';
import { type Home, type RouterRow, type Stored, connectTo } from './database.ts';
import {
  homeOf,
  isWell,
  requireKnown,
  requireNewer,
  requireShown,
  requireTruth,
} from './invariants.ts';
import { type NodeOptions, type SimulatedNode, drainNode, startNode } from './node.ts';
import { type SimulatedRouter, type Surroundings, dial, reset } from './router.ts';
import { runStatement } from './statements.ts';

const NODES = 3;
const ROUTERS = 4;
/** Milliseconds in which a balancer learns that a node wants nobody any more. */
const NOTICE = 1_500;
/** Milliseconds without trouble after which a node is well. */
const CALM = 6_000;
const NEVER = 1e9;

/**
 * A fault of ours that the simulation must find. `lies`: routers say that they have applied what they have not. `deaf`: no hint comes, and
 * nobody looks without one. `hasty`: who cannot be sure ends what others hold.
 */
export type Sabotage = 'lies' | 'deaf' | 'hasty';

export type Cluster = {
  clock: Clock;
  random: Random;
  nodes: SimulatedNode[];
  routers: SimulatedRouter[];
  stored: Stored;
  around: Surroundings;
  /** The newest change of each router that somebody was told is stored. */
  acknowledged: Map<string, number>;
  /** What happens, for who looks for the cause. */
  note: (what: string) => void;
  troubleUntil: number;
  /** How many of all hints never come. */
  lost: number;
  sabotage: Sabotage | undefined;
};

/** Read before time stands still. */
await manufacturers();

export function createCluster(
  clock: Clock,
  random: Random,
  note: (what: string) => void,
  troubleUntil: number,
  sabotage?: Sabotage,
): Cluster {
  const nodes: SimulatedNode[] = [];
  const stored: Stored = {
    clock,
    random,
    awayUntil: 0,
    failovers: 0,
    silentUntil: 0,
    ambush: undefined,
    homes: new Map(),
    leases: new Map(),
    locks: new Map(),
    broken: new Set(),
    run: runStatement,
    onCommit: (written) => onCommit(cluster, written),
  };
  const cluster: Cluster = {
    clock,
    random,
    nodes,
    stored,
    note,
    troubleUntil,
    lost: pick(random, [0.1, 0.5, 1]),
    sabotage,
    routers: [],
    around: {
      clock,
      random,
      nodes,
      isUnsteady: false,
      onSent: (router, revision) => requireNewer(stored, router, revision),
      onHeld: (router) => requireTruthOf(cluster, router),
      areLying: sabotage === 'lies',
    },
    acknowledged: new Map(),
  };
  for (let n = 1; n <= NODES; n += 1) addNode(cluster, n);
  for (let n = 1; n <= ROUTERS; n += 1) addRouter(cluster, `router${n}`);
  const watch = () => {
    requireShown(stored, nodes);
    for (const router of cluster.routers) requireKnown(stored, router);
    clock.plan(1_000, watch);
  };
  watch();
  return cluster;
}

/** Somebody blocks another device. */
export async function change(cluster: Cluster, { id }: SimulatedRouter): Promise<void> {
  const { stored, note, acknowledged } = cluster;
  const { rows } = await sql<{ policy_revision: number }>`
    select change_policy(${id}) as policy_revision`.execute(connectTo(stored));
  const revision = rows[0]?.policy_revision ?? 0;
  note(`${id} must do ${revision}`);
  acknowledged.set(id, Math.max(acknowledged.get(id) ?? 0, revision));
}

function onCommit(cluster: Cluster, written: readonly object[]): void {
  for (const router of cluster.routers) {
    const { policy, router: row } = homeOf(cluster.stored.homes, router.id);
    if (!written.includes(policy) && !written.includes(row)) continue;
    requireTruthOf(cluster, router);
    tell(cluster, row);
    if (written.includes(row))
      cluster.note(`${router.id} is connected to ${row.holder?.name ?? 'nobody'}`);
  }
}

function requireTruthOf({ stored, acknowledged }: Cluster, router: SimulatedRouter): void {
  requireTruth(stored, router, acknowledged.get(router.id) ?? 0);
}

/** A hint, as it gets through: late, twice, or not at all, and one before another. */
function tell({ clock, random, nodes, lost, sabotage }: Cluster, router: RouterRow): void {
  if (sabotage === 'deaf') return;
  const hint = { topic: 'router', key: routerKey(router) } as const;
  for (const node of nodes)
    for (let times = random() < lost ? 0 : random() < 0.1 ? 2 : 1; times > 0; times -= 1)
      clock.plan(random() * 2_000, () => node.hear(hint), node);
}

/** A node starts, with the name that it has by its number. */
export function addNode(cluster: Cluster, number: number): void {
  const { nodes, stored, sabotage } = cluster;
  const onExit = (node: SimulatedNode) => end(cluster, node);
  const name = `node${number}.${nodes.length + 1}`;
  const settings: NodeOptions['settings'] = {
    ...(sabotage === 'deaf' && { sweepEvery: NEVER, checkEvery: NEVER }),
    ...(sabotage === 'hasty' && { trustedAfter: 0 }),
  };
  nodes.push(startNode({ stored, name, port: number, settings, onExit }));
}

/** A process ends, however it does: its routers notice, and it starts anew unless another one has its place. */
export function end(cluster: Cluster, node: SimulatedNode): void {
  const { clock, random, around, nodes, note } = cluster;
  if (node.isDead) return;
  note(`${node.name} ends`);
  node.isDead = true;
  node.diedAt = clock.now();
  for (const { link } of cluster.routers) if (link?.node === node) reset(around, link);
  clock.plan(1_000 + random() * 10_000, () => {
    if (nodes.every(({ port, isDead }) => isDead || port !== node.port))
      addNode(cluster, node.port);
  });
}

/** A node stops in good order. */
export function drain(cluster: Cluster, node: SimulatedNode): void {
  const { clock } = cluster;
  clock.plan(NOTICE, () => (node.isRefusing = true));
  // If the database is away, it ends all the same.
  const stop = () => drainNode(node, () => end(cluster, node)).catch(() => undefined);
  clock.runAs(node, () => void stop());
}

function addRouter({ stored: { homes }, routers, around }: Cluster, id: string): void {
  const home: Home = {
    router: {
      user_id: id,
      router_id: id,
      connection_id: null,
      connected_node: null,
      holder: undefined,
    },
    policy: { policy_revision: 1, applied_revision: 0, refused_revision: null },
  };
  homes.set(id, home);
  const router: SimulatedRouter = {
    id,
    revision: 0,
    blocked: [],
    state: 'intact',
    knownSince: undefined,
    link: undefined,
    offlineSince: 0,
    longestOffline: 0,
  };
  routers.push(router);
  dial(around, router);
}

/** What is not as it must be in the end. */
export function unsettled(cluster: Cluster): string[] {
  return [
    ...cluster.routers.flatMap((router) => wrongWith(cluster, router)),
    ...wrongNodes(cluster),
    ...wrongLeases(cluster),
  ];
}

function wrongWith({ stored, nodes }: Cluster, { id, revision, state, link }: SimulatedRouter) {
  const { policy, router } = homeOf(stored.homes, id);
  const { policy_revision, applied_revision } = policy;
  const { connection_id, connected_node } = router;
  const holders = living(nodes).filter(({ server }) =>
    server?.connections.held().some((held) => held.router_id === id),
  );
  const [holder] = holders;
  const held = holder?.server?.connections.held().find(({ router_id }) => router_id === id);
  const wrong: [boolean, string][] = [
    [applied_revision !== policy_revision, `${applied_revision} of ${policy_revision} is applied`],
    [revision !== policy_revision, `it holds ${revision} of ${policy_revision}`],
    [state !== 'intact', 'its rules are not its own'],
    [link === undefined || link.isCut, 'its line is dead'],
    [holders.length !== 1, `${holders.length} nodes hold it`],
    [held?.connection_id !== connection_id, 'another connection counts than is held'],
    [holder?.server?.lease.node !== connected_node, `it counts as connected to ${connected_node}`],
  ];
  return wrong.filter(([is]) => is).map(([, what]) => `${id}: ${what}`);
}

/** All are up, and have been well for a while, and so has the database. */
function wrongNodes({ clock, nodes, stored }: Cluster): string[] {
  const up = living(nodes);
  return [
    ...(clock.now() - Math.max(stored.awayUntil, stored.silentUntil) < CALM
      ? ['the database is not well']
      : []),
    ...(new Set(up.map(({ port }) => port)).size < NODES ? ['a node is down'] : []),
    ...up
      .filter((node) => node.server === undefined || !isWell(node, clock.now(), CALM))
      .map(({ name }) => `${name} is not well`),
  ];
}

/** Each node has a lease of its own, and nobody else has one. */
function wrongLeases({ stored, nodes }: Cluster): string[] {
  const all = [...stored.leases.values()];
  const own = new Set(living(nodes).map(({ server }) => server?.lease.instance));
  return [
    ...all
      .filter(({ instance }) => !own.has(instance))
      .map(({ node }) => `a lease of ${node} is left over`),
    ...living(nodes)
      .filter(({ server }) => all.every(({ instance }) => instance !== server?.lease.instance))
      .map(({ name }) => `${name} has no lease`),
  ];
}

export function living(nodes: readonly SimulatedNode[]): SimulatedNode[] {
  return nodes.filter(({ isDead }) => !isDead);
}
