/** What a cluster's database says of its routers, and what must hold whatever was killed. */
import { sql } from 'kysely';
import { maintenanceTransaction } from '../../src/database/transaction.ts';
import type { Cluster, Node } from './cluster.ts';
import type { ClusterRouter } from './routers.ts';

export type Stored = {
  router_id: string;
  is_connected: boolean;
  connection_id: string | null;
  connected_node: string | null;
  policy_revision: string;
  applied_revision: string;
};

/** By router_id. */
export async function readRouters({ owner }: Pick<Cluster, 'owner'>): Promise<Map<string, Stored>> {
  const { rows } = await maintenanceTransaction(owner, (transaction) =>
    sql<Stored>`select r.router_id, r.is_connected, r.connection_id, r.connected_node,
        p.policy_revision::text as policy_revision, p.applied_revision::text as applied_revision
      from user_routers r join router_policies p on p.user_id = r.user_id and p.router_id = r.router_id`.execute(
      transaction,
    ),
  );
  return new Map(rows.map((row) => [row.router_id, row]));
}

/** What does not hold, in words; empty if all does. */
export async function findWrong(
  cluster: Pick<Cluster, 'owner' | 'nodes'>,
  routers: readonly ClusterRouter[],
): Promise<string[]> {
  const stored = await readRouters(cluster);
  const running = cluster.nodes.filter(({ isRunning }) => isRunning());
  const wrong = (what: string, some: readonly ClusterRouter[]) =>
    some.length === 0 ? [] : [`${some.length} routers ${what}, such as ${some[0]?.routerId}`];
  const of = ({ routerId }: ClusterRouter) => stored.get(routerId);
  const blocks = await readBlocks(cluster);
  const blocksOf = ({ routerId }: ClusterRouter) => blocks.get(routerId) ?? [];
  return [
    ...wrong(
      'are not connected',
      routers.filter((router) => !router.isOnline || of(router)?.is_connected !== true),
    ),
    ...wrong(
      'are said to be on a node that does not run',
      routers.filter((router) => {
        const { is_connected = false, connected_node = null } = of(router) ?? {};
        return is_connected && !running.some((node) => isCalled(node, connected_node));
      }),
    ),
    ...wrong(
      'have not confirmed the newest revision',
      routers.filter((router) => of(router)?.applied_revision !== of(router)?.policy_revision),
    ),
    ...wrong(
      'do something else than the database says',
      routers.filter(
        ({ agent, ...router }) =>
          String(agent.policy().revision) !== stored.get(router.routerId)?.applied_revision,
      ),
    ),
    ...wrong(
      'have lost an acknowledged block',
      routers.filter((router) => {
        const { document } = router.agent.policy();
        return [...router.acknowledged].some(
          (mac) => !blocksOf(router).includes(mac) || !document.includes(`block ${mac}`),
        );
      }),
    ),
    ...wrong(
      'have a block twice',
      routers.filter((router) => new Set(blocksOf(router)).size < blocksOf(router).length),
    ),
    ...wrong('are not in the inventory as their homes are', await differing(cluster, routers)),
    ...(await findGaps(cluster)),
    ...(await findLeftOver(cluster, running)),
  ];
}

/** Whether that is a node's name: host:port, and its instance if another process has had that name. */
export function isCalled({ port }: Pick<Node, 'port'>, name: string | null): boolean {
  return new RegExp(`:${port}(/|$)`).test(name ?? '');
}

/** Each node that runs has a lease, and nobody else. */
async function findLeftOver(
  { owner }: Pick<Cluster, 'owner'>,
  running: readonly Node[],
): Promise<string[]> {
  const rows = await maintenanceTransaction(owner, (transaction) =>
    transaction.selectFrom('commands_servers').select('node').execute(),
  );
  const left = rows.filter(({ node }) => !running.some((each) => isCalled(each, node)));
  const missing = running.filter((each) => !rows.some(({ node }) => isCalled(each, node)));
  return [
    ...left.map(({ node }) => `${node} has a lease, and does not run`),
    ...missing.map(({ port }) => `the node at ${port} has no lease`),
  ];
}

/** The MACs that are blocked, by router_id. */
async function readBlocks({ owner }: Pick<Cluster, 'owner'>): Promise<Map<string, string[]>> {
  const rows = await maintenanceTransaction(owner, (transaction) =>
    transaction
      .selectFrom('user_blocked_devices')
      .select(['router_id', 'device_mac'])
      .where('is_active', '=', true)
      .execute(),
  );
  const grouped = Map.groupBy(rows, ({ router_id }) => router_id);
  return new Map([...grouped].map(([id, all]) => [id, all.map((row) => row.device_mac ?? '')]));
}

/** Those whose homes have other devices online than the inventory says. */
export async function differing<Router extends Pick<ClusterRouter, 'routerId' | 'home'>>(
  { owner }: Pick<Cluster, 'owner'>,
  routers: readonly Router[],
): Promise<Router[]> {
  const rows = await maintenanceTransaction(owner, (transaction) =>
    transaction
      .selectFrom('user_devices')
      .select(['router_id', 'mac'])
      .where('is_online', '=', true)
      .where('is_router', '=', false)
      .execute(),
  );
  const stored = Map.groupBy(rows, ({ router_id }) => router_id);
  return routers.filter(({ routerId, home }) => {
    const wanted = new Set(
      home
        .neighbours()
        .filter(({ online }) => online)
        .map(({ mac }) => mac),
    );
    const found = new Set((stored.get(routerId) ?? []).map(({ mac }) => mac ?? ''));
    return wanted.size !== found.size || [...wanted].some((mac) => !found.has(mac));
  });
}

/** Each user's events are numbered 1, 2, 3 and so on, up to the counter. */
async function findGaps({ owner }: Pick<Cluster, 'owner'>): Promise<string[]> {
  const { rows } = await maintenanceTransaction(owner, (transaction) =>
    sql<{ users: number }>`select count(*)::int as users from (
        select e.user_id from events e join event_counters c on c.user_id = e.user_id group by e.user_id, c.last_number
        having min(number) <> 1 or max(number) <> c.last_number or count(distinct number) <> max(number) or count(*) <> max(number)
      ) gaps`.execute(transaction),
  );
  const { users = 0 } = rows[0] ?? {};
  return users === 0 ? [] : [`the events of ${users} users have gaps or doubles in their numbers`];
}
