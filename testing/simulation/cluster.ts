/** Nodes, routers, a database, hints that get lost, what goes wrong between them, and what must hold all the same. */
import { type Random, pick } from '../../src/simulator/random.ts';
import type { Clock } from './clock.ts';
import { type NodeOptions, type SimulatedNode, startNode } from './node.ts';
import { type SimulatedRouter, type Surroundings, dial, reset } from './router.ts';
import { type Row, type Stored, failOver, transact } from './stored.ts';

const NODES = 3;
const ROUTERS = 4;

/**
 * A fault of ours that the simulation must find. `lies`: routers say that they have applied what they have not. `deaf`: no hint comes, and
 * nobody looks without one. `stale`: what a router must do is read from a standby that is behind.
 */
export type Sabotage = 'lies' | 'deaf' | 'stale';

export type Cluster = {
  clock: Clock;
  random: Random;
  nodes: SimulatedNode[];
  routers: SimulatedRouter[];
  stored: Stored;
  around: Surroundings;
  node: NodeOptions;
  /** What each revision of a router blocks. */
  documents: Map<string, string[][]>;
  /** The newest change of each router that somebody was told is stored. */
  acknowledged: Map<string, number>;
  /** What did not hold. */
  broken: Set<string>;
  /** What happens, for who looks for the cause. */
  note: (what: string) => void;
  isDeaf: boolean;
};

export function createCluster(
  clock: Clock,
  random: Random,
  note: (what: string) => void,
  sabotage?: Sabotage,
): Cluster {
  const nodes: SimulatedNode[] = [];
  const documents = new Map<string, string[][]>();
  const isDeaf = sabotage === 'deaf';
  const onCommit = () => requireTruth(cluster);
  const stored: Stored = {
    clock,
    random,
    onCommit,
    awayUntil: 0,
    failovers: 0,
    rows: new Map(),
    history: new Map(),
    locks: new Map(),
  };
  const onConnected = (id: string, what: string) => {
    note(`${what} counts`);
    tell(cluster, id);
  };
  const blockedIn = (id: string, revision: number) => [...(documents.get(id)?.[revision] ?? [])];
  const areLying = sabotage === 'lies';
  const cluster: Cluster = {
    clock,
    random,
    nodes,
    stored,
    documents,
    note,
    isDeaf,
    routers: [],
    around: { clock, random, nodes, onHeld: onCommit, areLying },
    node: { stored, blockedIn, onConnected, isDeaf, isLagging: sabotage === 'stale' },
    acknowledged: new Map(),
    broken: new Set(),
  };
  for (let n = 0; n < NODES; n += 1) addNode(cluster);
  for (let n = 1; n <= ROUTERS; n += 1) addRouter(cluster, `router${n}`);
  return cluster;
}

/** Somebody blocks one device more. */
export async function change(cluster: Cluster, { id }: SimulatedRouter): Promise<void> {
  const known = cluster.documents.get(id) ?? [];
  let revision = 0;
  await transact(cluster.stored, id, ({ update }) =>
    update((row) => {
      revision = row.policy_revision + 1;
      known[revision] = [...(known[revision - 1] ?? []), `device${revision}`];
      return { policy_revision: revision };
    }),
  );
  cluster.note(`${id} must do ${revision}`);
  cluster.acknowledged.set(id, Math.max(cluster.acknowledged.get(id) ?? 0, revision));
  tell(cluster, id);
}

/** Something goes wrong. */
export function fail(cluster: Cluster): void {
  const { clock, random, around, stored, note } = cluster;
  const up = cluster.nodes.filter(({ isDead }) => !isDead);
  if (up.length === 0) return;
  const node = pick(random, up);
  const router = pick(random, cluster.routers);
  const { link } = router;
  const faults: [what: string, happen: () => void][] = [
    [`${node.name} is killed`, () => kill(cluster, node)],
    [`${node.name} is frozen`, () => (node.frozenUntil = clock.now() + random() * 60_000)],
    [`${router.id} loses its connection`, () => link && reset(around, link)],
    [`${router.id} is cut off`, () => link && (link.isCut = true)],
    [`${router.id} is changed by hand`, () => (router.isDrifted = router.revision > 0)],
    ['the database fails over', () => failOver(stored, random() * 20_000)],
  ];
  const [what, happen] = pick(random, faults);
  note(what);
  happen();
}

/** Nothing goes wrong any more, and what is frozen goes on. */
export function recover({ nodes, clock }: Cluster): void {
  for (const node of nodes) node.frozenUntil = Math.min(node.frozenUntil, clock.now() + 1_000);
}

/** What is not as it must be in the end. */
export function unsettled(cluster: Cluster): string[] {
  return cluster.routers.flatMap(({ id, revision, isDrifted }) => {
    const { policy_revision, applied_revision, connection_id } = rowOf(cluster, id);
    const holders = cluster.nodes
      .filter(({ isDead }) => !isDead)
      .flatMap(({ lives }) => [...lives])
      .filter((held) => held.id === id && !held.isOver);
    const wrong: [boolean, string][] = [
      [
        applied_revision !== policy_revision,
        `${applied_revision} of ${policy_revision} is applied`,
      ],
      [revision !== policy_revision, `it holds ${revision} of ${policy_revision}`],
      [isDrifted, 'its rules are not its own'],
      [policy_revision < (cluster.acknowledged.get(id) ?? 0), 'an acknowledged change is lost'],
      [
        holders.length !== 1 || holders[0]?.connection_id !== connection_id,
        `${holders.length} connections count`,
      ],
    ];
    return wrong.filter(([is]) => is).map(([, what]) => `${id}: ${what}`);
  });
}

/** What must hold at every moment: that all is applied is said only of what the router holds. */
function requireTruth(cluster: Cluster): void {
  for (const { id, revision, blocked, isDrifted } of cluster.routers) {
    const { policy_revision, applied_revision } = rowOf(cluster, id);
    if (applied_revision !== policy_revision || isDrifted) continue;
    if (applied_revision !== revision)
      cluster.broken.add(`${id}: ${applied_revision} is said, and it holds ${revision}`);
    else if (blocked.join() !== cluster.documents.get(id)?.[revision]?.join())
      cluster.broken.add(`${id}: it holds another ${revision} than was stored`);
  }
}

/** A hint, as it gets through: late, twice, or not at all, and one before another. */
function tell({ clock, random, nodes, isDeaf }: Cluster, id: string): void {
  if (isDeaf) return;
  for (const node of nodes)
    for (let times = random() < 0.25 ? 0 : random() < 0.1 ? 2 : 1; times > 0; times -= 1)
      clock.plan(random() * 2_000, () => node.held.get(id)?.reconciler.look(), node);
}

function kill(cluster: Cluster, node: SimulatedNode): void {
  const { clock, random, around } = cluster;
  node.isDead = true;
  for (const { link } of cluster.routers) if (link?.node === node) reset(around, link);
  clock.plan(1_000 + random() * 10_000, () => addNode(cluster));
}

function addNode({ nodes, node }: Cluster): void {
  nodes.push(startNode(`node${nodes.length + 1}`, node));
}

function addRouter({ stored, documents, routers, around }: Cluster, id: string): void {
  const row: Row = {
    policy_revision: 1,
    applied_revision: 0,
    refused_revision: null,
    connection_id: null,
    node: null,
  };
  documents.set(id, [[], []]);
  stored.rows.set(id, row);
  stored.history.set(row, []);
  const router = { id, revision: 0, blocked: [], isDrifted: false, link: undefined };
  routers.push(router);
  dial(around, router);
}

function rowOf({ stored }: Cluster, id: string): Row {
  const row = stored.rows.get(id);
  if (row === undefined) throw new Error(`There is no ${id}.`);
  return row;
}
