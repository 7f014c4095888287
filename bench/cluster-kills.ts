/** Whether anything is lost that was acknowledged, whatever is killed while people change things. */
import { setTimeout } from 'node:timers/promises';
import { startChanges } from '../testing/cluster/changes.ts';
import type { Cluster } from '../testing/cluster/cluster.ts';
import type { ClusterRouter } from '../testing/cluster/routers.ts';
import { describeTimes, report } from './cluster-report.ts';

/** Milliseconds from one kill to the next, at most, once what was killed runs again. */
const PAUSE = 3_000;

export async function killDatabase(
  cluster: Cluster,
  routers: readonly ClusterRouter[],
  times: number,
): Promise<void> {
  const changes = startChanges(cluster, routers);
  for (let killed = 0; killed < times; killed += 1) {
    await setTimeout(1_000 + Math.random() * PAUSE);
    cluster.killDatabase();
  }
  await setTimeout(2_000);
  tell(`PostgreSQL killed ${times} times`, await changes.stop());
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
    ['PostgreSQL', async () => cluster.killDatabase()],
    ['the balancer', () => restart(cluster.balancer)],
    ['the API', () => restart(cluster.api)],
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
