/** What goes wrong. */
import { pick } from '../../src/simulator/random.ts';
import { type Cluster, addNode, drain, end, living } from './cluster.ts';
import { type Client, failOver } from './database.ts';
import { homeOf } from './invariants.ts';
import type { SimulatedNode } from './node.ts';
import { type SimulatedRouter, deviceOf, reset } from './router.ts';

type Fault = (cluster: Cluster, node: SimulatedNode, router: SimulatedRouter) => void;

/** Milliseconds that anything lasts, at most: longer than a lease, and than it takes others to be sure that it is over. */
const LONGEST = 30_000;
const LONGEST_AWAY = 20_000;
const HOUR = 3_600_000;
/** In the middle of which something goes wrong. */
const STATEMENTS = [
  'renew_lease(',
  'end_lost_connections(',
  'mark_connected(',
  'confirm_revisions(',
  'desired_states(',
  'set last_seen = now()',
];

const FAULTS: Record<string, Fault> = {
  'is killed': (cluster, node) => end(cluster, node),
  'is frozen': freeze,
  'is frozen in a statement': (cluster) => {
    const strike = (client?: Client) => client && freeze(cluster, client);
    cluster.stored.ambush = { text: pick(cluster.random, STATEMENTS), strike };
  },
  'is cut off from the database': (cluster, node) => (node.cutOffUntil = someTime(cluster)),
  stops: (cluster, node) => drain(cluster, node),
  'has a twin': (cluster, node) => addNode(cluster, node.port),
  'has a lease that is over': ({ clock, stored }, node) => {
    node.troubledAt = clock.now();
    const lease = stored.leases.get(node.server?.lease.node ?? '');
    // One that is cut off may not know that another has its name.
    if (lease && lease.instance === node.server?.lease.instance) lease.seen_at -= LONGEST;
  },
  'has another clock': ({ random }, node) => (node.ahead = (random() - 0.5) * HOUR),
  'loses its connection': ({ around }, _node, { link }) => link && reset(around, link),
  'is cut off': (_cluster, _node, { link }) => link && (link.isCut = true),
  'is changed by hand': (_cluster, _node, router) => {
    if (router.revision > 0) router.state = 'drifted';
  },
  'is restored from a backup': (_cluster, _node, router) => restore(router),
  'is linked anew': ({ stored }, _node, { id }) => {
    homeOf(stored.homes, id).policy.applied_revision = 0;
  },
  'hears late and twice': ({ around }) => (around.isUnsteady = !around.isUnsteady),
  'fails over': ({ stored, random }) => failOver(stored, random() * LONGEST_AWAY),
  'fails over in a statement': ({ stored, random }) => {
    const strike = () => failOver(stored, random() * LONGEST_AWAY);
    stored.ambush = { text: pick(random, STATEMENTS), strike };
  },
};

function freeze(cluster: Cluster, client: Client): void {
  client.frozenAt = cluster.clock.now();
  client.frozenUntil = someTime(cluster);
}

function restore(router: SimulatedRouter): void {
  const revision = router.revision - 1;
  if (revision < 1) return;
  Object.assign(router, { revision, blocked: [deviceOf(revision)], state: 'restored' });
}

/** When something is over: not after all trouble is. */
function someTime({ clock, random, troubleUntil }: Cluster): number {
  return Math.min(clock.now() + random() * LONGEST, troubleUntil);
}

/** Something goes wrong. */
export function fail(cluster: Cluster): void {
  const { random, nodes, note, routers } = cluster;
  const up = living(nodes);
  if (up.length === 0) return;
  const node = pick(random, up);
  const router = pick(random, routers);
  const [what, happen] = pick(random, Object.entries(FAULTS));
  note(`${node.name}, ${router.id} or the database ${what}`);
  happen(cluster, node, router);
}

/** Nothing goes wrong any more. */
export function recover({ around, stored }: Cluster): void {
  around.isUnsteady = false;
  stored.ambush = undefined;
}
