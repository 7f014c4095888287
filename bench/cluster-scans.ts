/** What a scan takes at a node that does not hold the router, in turns with one at the node that does. */
import { createCommandsServerClient } from '../src/commands-client/client.ts';
import type { Database } from '../src/database/pool.ts';
import { tenantTransaction } from '../src/database/transaction.ts';
import { findLivingNodes } from '../src/routers/leases.ts';
import { deriveKey } from '../src/sealing.ts';
import { type Cluster, SECRET_KEY } from '../testing/cluster/cluster.ts';
import type { ClusterRouter } from '../testing/cluster/routers.ts';
import { readRouters } from '../testing/cluster/state.ts';
import { describeTimes, report } from './cluster-report.ts';

const SCANS = 1_000;
const AT_ONCE = 4;

type Times = { taken: number[]; refused: number };

export async function scanAcross(
  cluster: Cluster,
  routers: readonly ClusterRouter[],
): Promise<void> {
  const token = deriveKey(SECRET_KEY, 'commands-server').toString('base64url');
  const nodes = (await findLivingNodes(cluster.service)).flatMap(({ node, address }) =>
    address === null ? [] : [{ node, client: createCommandsServerClient({ url: address, token }) }],
  );
  const stored = await readRouters(cluster);
  const [here, elsewhere]: [Times, Times] = [newTimes(), newTimes()];
  const sessions = new Map<string, string>();
  let left = SCANS;
  const scanInTurns = async () => {
    while (left > 0) {
      const number = (left -= 1);
      const router = routers[number % routers.length];
      if (router === undefined) return;
      const held = stored.get(router.routerId)?.connected_node;
      const others = nodes.filter(({ node }) => node !== held);
      const { userId, routerId } = router;
      const sessionId = sessions.get(userId) ?? (await sessionOf(cluster.service, userId));
      sessions.set(userId, sessionId);
      const request = { sessionId, routerId };
      await measure(here, () => nodes.find(({ node }) => node === held)?.client.scan(request));
      await measure(elsewhere, () => others[number % others.length]?.client.scan(request));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, scanInTurns));
  const way = cluster.nats.length > 0 ? `${cluster.nats.length} NATS servers` : 'HTTP';
  report(`${SCANS} scans by the wrong node`, `${describe(elsewhere)} (${way})`);
  report('  by the right one', describe(here));
}

function newTimes(): Times {
  return { taken: [], refused: 0 };
}

async function measure(times: Times, scan: () => Promise<unknown> | undefined): Promise<void> {
  const began = performance.now();
  try {
    await scan();
    times.taken.push(performance.now() - began);
  } catch {
    times.refused += 1;
  }
}

function describe({ taken, refused }: Times): string {
  return `${describeTimes(taken)}; ${refused} refused`;
}

async function sessionOf(database: Database, userId: string): Promise<string> {
  const { session_id } = await tenantTransaction(database, userId, (transaction) =>
    transaction.selectFrom('user_sessions').select('session_id').executeTakeFirstOrThrow(),
  );
  return session_id;
}
