/** Whether anything is lost that was acknowledged, whatever is killed while people change things. */
import { setTimeout } from 'node:timers/promises';
import { startChanges } from '../testing/cluster/changes.ts';
import type { Cluster } from '../testing/cluster/cluster.ts';
import type { ClusterRouter } from '../testing/cluster/routers.ts';
import type { Pauses } from './cluster-nodes.ts';
import { describeTimes, report, seconds } from './cluster-report.ts';

/** Milliseconds from one kill to the next, at most, once what was killed runs again. */
const PAUSE = 3_000;
const LOOK = 50;
const LONGEST = 60_000;

export async function killDatabase(
  cluster: Cluster,
  routers: readonly ClusterRouter[],
  times: number,
): Promise<void> {
  const changes = startChanges(cluster, routers);
  const away: number[] = [];
  for (let killed = 0; killed < times; killed += 1) {
    await setTimeout(1_000 + Math.random() * PAUSE);
    const began = performance.now();
    await cluster.killDatabase();
    away.push(performance.now() - began);
  }
  await setTimeout(2_000);
  tell(`PostgreSQL killed ${times} times`, await changes.stop());
  report('  it answers again after', describeTimes(away));
}

/** All NATS servers are away for a while; before that, as many changes with them. */
export async function killNats(
  cluster: Cluster,
  routers: readonly ClusterRouter[],
  { away }: Pauses,
): Promise<void> {
  const measure = async (what: string) => {
    const reached = watchReached(routers);
    const changes = startChanges(cluster, routers, { writers: 2, pause: 100 });
    await setTimeout(away / 2);
    tell(what, await changes.stop());
    report('  at its router', describeTimes(await reached.stop()));
  };
  await measure(`with ${cluster.nats.length} NATS servers`);
  await Promise.all(cluster.nats.map(({ end }) => end('SIGKILL')));
  await measure(`NATS killed for ${seconds(away / 2)}`);
  await Promise.all(cluster.nats.map(({ start }) => start()));
}

/** How long after its acknowledgement each block is in force on its router. */
function watchReached(routers: readonly ClusterRouter[]) {
  const known = new Set(routers.flatMap(({ acknowledged }) => [...acknowledged]));
  const open = new Map<string, { router: ClusterRouter; since: number }>();
  const taken: number[] = [];
  const look = () => {
    const now = performance.now();
    for (const router of routers)
      for (const mac of router.acknowledged) {
        if (known.has(mac)) continue;
        known.add(mac);
        open.set(mac, { router, since: now });
      }
    for (const [mac, { router, since }] of open) {
      if (!router.agent.policy().document.includes(`block ${mac}`)) continue;
      taken.push(now - since);
      open.delete(mac);
    }
  };
  const timer = setInterval(look, LOOK);
  return {
    stop: async () => {
      const began = performance.now();
      while (open.size > 0 && performance.now() - began < LONGEST) await setTimeout(LOOK);
      look();
      clearInterval(timer);
      return [...taken, ...Array.from(open, () => LONGEST)];
    },
  };
}

/** Each of them is started again, as systemd does, or wakes. */
export async function killAnything(
  cluster: Cluster,
  routers: readonly ClusterRouter[],
  times: number,
): Promise<void> {
  const killed = new Map<string, number>();
  const restart = async (program: Cluster['api']) => {
    await program.end('SIGKILL');
    await setTimeout(Math.random() * 1_000);
    await program.start();
  };
  const randomNode = () =>
    cluster.nodes[Math.floor(Math.random() * cluster.nodes.length)] ?? cluster.api;
  const ways: [string, () => Promise<void>][] = [
    ['a node', () => restart(randomNode())],
    [
      'a node stopped',
      async () => {
        const node = randomNode();
        await node.end('SIGTERM');
        await node.start();
      },
    ],
    [
      'a node frozen',
      async () => {
        const node = randomNode();
        node.signal('SIGSTOP');
        await setTimeout(Math.random() * 8_000);
        node.signal('SIGCONT');
      },
    ],
    ['PostgreSQL', cluster.killDatabase],
    ['the balancer', () => restart(cluster.balancer)],
    ['the API', () => restart(cluster.api)],
    ...cluster.nats.map((server): [string, () => Promise<void>] => [
      'a NATS server',
      () => restart(server),
    ]),
  ];
  const changes = startChanges(cluster, routers, { writers: 2, pause: 100 });
  for (let round = 0; round < times; round += 1) {
    const [name, kill] = ways[Math.floor(Math.random() * ways.length)] ?? ['', async () => {}];
    await kill();
    killed.set(name, (killed.get(name) ?? 0) + 1);
    await setTimeout(Math.random() * PAUSE);
  }
  const list = [...killed].map(([name, count]) => `${name} ${count}`).join(', ');
  tell(`killed ${times} times`, await changes.stop());
  report('  what was', list);
}

function tell(what: string, taken: readonly number[]): void {
  report(what, `${taken.length} changes acknowledged; each answered ${describeTimes(taken)}`);
}
