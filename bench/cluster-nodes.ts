/** What happens to routers if one of the nodes is killed, freezes, is stopped or vanishes. */
import { setTimeout } from 'node:timers/promises';
import { startChanges } from '../testing/cluster/changes.ts';
import type { Cluster, Node } from '../testing/cluster/cluster.ts';
import { type ClusterRouter, outagesSince } from '../testing/cluster/routers.ts';
import { type Stored, readRouters } from '../testing/cluster/state.ts';
import { describeTimes, report, seconds } from './cluster-report.ts';

/** How long a node is frozen, and is watched after it wakes: milliseconds. */
const FROZEN = 20_000;
const WATCHED = 8_000;
const LONGEST = 300_000;
/** Systemd starts what was killed again after so many milliseconds. */
const RESTART = 2_000;

export async function killNode(cluster: Cluster, routers: readonly ClusterRouter[]): Promise<void> {
  const [node] = cluster.nodes;
  if (node === undefined) return;
  const lost = await routersOf(cluster, routers, node);
  const began = performance.now();
  await node.end('SIGKILL');
  const away = watchBack(lost, began);
  const told = await watchStored(cluster, lost, node, began);
  report(`kill -9 of a node of ${lost.length}`, `back ${describeTimes(await away)}`);
  report('  the API says so', told);
  await setTimeout(Math.max(0, RESTART - (performance.now() - began)));
  await node.start();
}

export async function freezeNode(
  cluster: Cluster,
  routers: readonly ClusterRouter[],
): Promise<void> {
  const [, node] = cluster.nodes;
  if (node === undefined) return;
  const lost = await routersOf(cluster, routers, node);
  const began = performance.now();
  node.signal('SIGSTOP');
  const away = watchBack(lost, began, FROZEN - 1_000);
  const changes = startChanges(cluster, lost, { writers: 2, pause: 200 });
  await setTimeout(FROZEN);
  const missing = lost.filter(({ isOnline }) => !isOnline).length;
  await changes.stop();
  const before = await readRouters(cluster);
  node.signal('SIGCONT');
  await setTimeout(WATCHED);
  const after = await readRouters(cluster);
  const written = lost.filter(
    ({ routerId, outages }) =>
      connectionOf(before, routerId) !== connectionOf(after, routerId) &&
      // Not of itself, that is.
      !outages.some(({ until }) => until > performance.now() - WATCHED),
  );
  report(
    `SIGSTOP of a node of ${lost.length}, 20 s`,
    missing === 0
      ? `taken over ${describeTimes(await away)}`
      : `${missing} are still away after 20 s`,
  );
  report('  when it wakes', `it has changed ${written.length} of them`);
}

/** Stops and starts each node, one after the other. */
export async function restartNodes(
  cluster: Cluster,
  routers: readonly ClusterRouter[],
): Promise<void> {
  const began = performance.now();
  const stopping: number[] = [];
  for (const node of cluster.nodes) {
    const from = performance.now();
    await node.end('SIGTERM');
    stopping.push(performance.now() - from);
    await node.start();
    await untilOnline(routers);
    // As long as somebody looks whether all is well; agents do not dial anew at once within 5 seconds.
    await setTimeout(6_000);
  }
  const offline = outagesSince(routers, began);
  report('all nodes restarted, in turns', `${offline.length} routers away at all`);
  report('  the longest of each', describeTimes(offline));
  report('  a node stops in', stopping.map(seconds).join(', '));
}

/** Takes a node's cable out: nothing says that it has gone. */
export async function vanish(cluster: Cluster, routers: readonly ClusterRouter[]): Promise<void> {
  const node = cluster.nodes.at(-1);
  if (node === undefined || cluster.site.cut === undefined) return;
  const lost = await routersOf(cluster, routers, node);
  const began = performance.now();
  cluster.site.cut(node.number);
  const away = watchBack(lost, began);
  const told = await watchStored(cluster, lost, node, began);
  report(`the machine of ${lost.length} vanishes`, `back ${describeTimes(await away)}`);
  report('  the API says so', told);
  cluster.site.connect?.(node.number);
  await setTimeout(WATCHED);
}

async function routersOf(
  cluster: Cluster,
  routers: readonly ClusterRouter[],
  { port }: Node,
): Promise<ClusterRouter[]> {
  const stored = await readRouters(cluster);
  return routers.filter(({ routerId }) =>
    stored.get(routerId)?.connected_node?.endsWith(`:${port}`),
  );
}

const connectionOf = (stored: Map<string, Stored>, routerId: string) =>
  stored.get(routerId)?.connection_id;

/** How long after a moment each was back: milliseconds. Those that are not in time are left out. */
async function watchBack(
  lost: readonly ClusterRouter[],
  moment: number,
  longest = LONGEST,
): Promise<number[]> {
  const backOf = ({ outages }: ClusterRouter) =>
    outages.findLast(({ until, from }) => until > moment && from > moment)?.until;
  while (
    performance.now() - moment < longest &&
    lost.some((router) => backOf(router) === undefined)
  )
    await setTimeout(50);
  return lost.flatMap((router) => {
    const back = backOf(router);
    return back === undefined ? [] : [back - moment];
  });
}

/** When no router is said to be on that node any more, and when all are said to be on another one. */
async function watchStored(
  cluster: Cluster,
  lost: readonly ClusterRouter[],
  { port }: Node,
  moment: number,
): Promise<string> {
  let gone: number | undefined;
  for (;;) {
    const stored = await readRouters(cluster);
    const now = performance.now() - moment;
    const rows = lost.map(({ routerId }) => stored.get(routerId));
    const isThere = (row?: Stored) =>
      row?.is_connected === true && row.connected_node?.endsWith(`:${port}`);
    if (gone === undefined && !rows.some(isThere)) gone = now;
    if (rows.every((row) => row?.is_connected === true && !isThere(row)))
      return `none there after ${seconds(gone ?? now)}, all elsewhere after ${seconds(now)}`;
    if (now > LONGEST) return `not within ${seconds(LONGEST)}`;
    await setTimeout(100);
  }
}

export async function untilOnline(routers: readonly ClusterRouter[]): Promise<void> {
  while (routers.some(({ isOnline }) => !isOnline)) await setTimeout(50);
}
