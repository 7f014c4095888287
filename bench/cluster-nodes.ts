/** What happens to routers if one of the nodes is killed, freezes, is stopped or vanishes. */
import { setTimeout } from 'node:timers/promises';
import { startChanges } from '../testing/cluster/changes.ts';
import type { Cluster, Node } from '../testing/cluster/cluster.ts';
import { type ClusterRouter, outagesSince } from '../testing/cluster/routers.ts';
import { type Stored, isCalled, readRouters } from '../testing/cluster/state.ts';
import { describeTimes, report, seconds } from './cluster-report.ts';

/**
 * Milliseconds: routers are connected before a node is frozen; it is frozen, is watched after it wakes, and is let be before the next one is
 * restarted; NATS is away.
 */
export type Pauses = {
  steady: number;
  frozen: number;
  watched: number;
  between: number;
  away: number;
};
/**
 * As long as somebody looks whether all is well; and agents do not dial anew at once within 5 seconds. Of a connection that lasted less
 * than 30 seconds they believe that it failed, and wait for up to a minute.
 */
export const PAUSES: Pauses = {
  steady: 31_000,
  frozen: 20_000,
  watched: 8_000,
  between: 6_000,
  away: 60_000,
};
export const HURRIED: Pauses = {
  steady: 0,
  frozen: 10_000,
  watched: 2_000,
  between: 0,
  away: 5_000,
};

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
  { steady, frozen, watched }: Pauses,
): Promise<void> {
  const [, node] = cluster.nodes;
  if (node === undefined) return;
  await setTimeout(steady);
  const lost = await routersOf(cluster, routers, node);
  const began = performance.now();
  node.signal('SIGSTOP');
  const away = watchBack(lost, began, frozen - 1_000);
  const changes = startChanges(cluster, lost, { writers: 2, pause: 200 });
  await setTimeout(frozen);
  const missing = lost.filter(({ isOnline }) => !isOnline).length;
  await changes.stop();
  const before = await readRouters(cluster);
  const woken = performance.now();
  node.signal('SIGCONT');
  await setTimeout(watched);
  const after = await readRouters(cluster);
  const written = lost.filter(({ routerId, outages }) => {
    const [then, now] = [before.get(routerId), after.get(routerId)];
    const wasElsewhere = then?.is_connected === true && !isOn(then, node);
    // Not because it has dialled anew by itself.
    const isSame = now?.is_connected === true && now.connection_id === then?.connection_id;
    return wasElsewhere && !isSame && !outages.some(({ until }) => until > woken);
  });
  report(
    `SIGSTOP of a node of ${lost.length}, ${seconds(frozen)}`,
    missing > 0 ? `${missing} are still away then` : describeTakeover(await away, lost.length),
  );
  const cutOff = lost.flatMap(({ outages }) => {
    const noticed = outages.find(({ from }) => from > began)?.from;
    return noticed === undefined || noticed > woken ? [] : [noticed - began];
  });
  report('  cut off', describeTimes(cutOff));
  report('  when it wakes', `it has changed ${written.length} of them`);
}

function describeTakeover(times: readonly number[], count: number): string {
  const unaware = count - times.length;
  return unaware > 0
    ? `${unaware} have noticed nothing, and reach nobody`
    : `taken over ${describeTimes(times)}`;
}

/** Stops and starts each node, one after the other. */
export async function restartNodes(
  cluster: Cluster,
  routers: readonly ClusterRouter[],
  { between }: Pauses,
): Promise<void> {
  const began = performance.now();
  const stopping: number[] = [];
  for (const node of cluster.nodes) {
    const from = performance.now();
    await node.end('SIGTERM');
    stopping.push(performance.now() - from);
    await node.start();
    await untilOnline(routers);
    await setTimeout(between);
  }
  const offline = outagesSince(routers, began);
  report('all nodes restarted, in turns', `${offline.length} routers away at all`);
  report('  the longest of each', describeTimes(offline));
  report('  a node stops in', stopping.map(seconds).join(', '));
}

/** Takes a node's cable out: nothing says that it has gone. */
export async function vanish(
  cluster: Cluster,
  routers: readonly ClusterRouter[],
  { watched }: Pauses,
): Promise<void> {
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
  await setTimeout(watched);
}

async function routersOf(
  cluster: Cluster,
  routers: readonly ClusterRouter[],
  node: Node,
): Promise<ClusterRouter[]> {
  const stored = await readRouters(cluster);
  return routers.filter(({ routerId }) => isOn(stored.get(routerId), node));
}

function isOn(stored: Stored | undefined, node: Node): boolean {
  return stored?.is_connected === true && isCalled(node, stored.connected_node);
}

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
  node: Node,
  moment: number,
): Promise<string> {
  let gone: number | undefined;
  for (;;) {
    const stored = await readRouters(cluster);
    const now = performance.now() - moment;
    const rows = lost.map(({ routerId }) => stored.get(routerId));
    if (gone === undefined && !rows.some((row) => isOn(row, node))) gone = now;
    if (rows.every((row) => row?.is_connected === true && !isOn(row, node)))
      return `none there after ${seconds(gone ?? now)}, all elsewhere after ${seconds(now)}`;
    if (now > LONGEST) return `not within ${seconds(LONGEST)}`;
    await setTimeout(100);
  }
}

export async function untilOnline(routers: readonly ClusterRouter[]): Promise<void> {
  while (routers.some(({ isOnline }) => !isOnline)) await setTimeout(50);
}
