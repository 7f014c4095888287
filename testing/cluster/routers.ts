/** Routers of a cluster, each somebody else's: simulated, over real SSH, and watched for how long they are away. */
import { randomUUID } from 'node:crypto';
import { createSession } from '../../src/accounts/sessions.ts';
import type { Database } from '../../src/database/pool.ts';
import { maintenanceTransaction, tenantTransaction } from '../../src/database/transaction.ts';
import { parsePublicKey } from '../../src/routers/public-key.ts';
import { linkRouter } from '../../src/routers/registration.ts';
import { type SimulatedAgent, createAgent } from '../../src/simulator/agent.ts';
import { type Dialled, dial } from '../../src/simulator/dial.ts';
import { type Home, createHome } from '../../src/simulator/home.ts';
import { type Identity, makeIdentity, routerIdOf } from '../../src/simulator/identity.ts';
import type { Cluster } from './cluster.ts';

/** In milliseconds of this process. */
export type Outage = { from: number; until: number };

export type ClusterRouter = {
  number: number;
  userId: string;
  routerId: string;
  identity: Identity;
  home: Home;
  agent: SimulatedAgent;
  /** Its person's, for the API. */
  cookie: string;
  /** Blocks that the API has acknowledged, by MAC. */
  acknowledged: Set<string>;
  isOnline: boolean;
  /** Since when it has not been, if it is not. */
  lostAt: number;
  outages: Outage[];
  dialled: Dialled | undefined;
};

/** Links routers: each is another user's, as homes are. */
export async function linkHomes(
  owner: Database,
  routers: readonly Pick<ClusterRouter, 'userId' | 'routerId' | 'identity'>[],
): Promise<void> {
  await maintenanceTransaction(owner, async (transaction) => {
    for (const { userId, routerId, identity } of routers) {
      await transaction
        .insertInto('users')
        .values({ id: userId, email: `${userId}@example.com` })
        .execute();
      await linkRouter(
        transaction,
        { user_id: userId, router_id: routerId },
        { publicKey: parsePublicKey(identity.public_key) },
      );
    }
  });
}

/** Links routers to as many users, who are signed in. @param canRedial whether they dial anew when they are told to */
export async function linkRouters(
  { owner, service }: Pick<Cluster, 'owner' | 'service'>,
  count: number,
  devices: number,
  canRedial = true,
): Promise<ClusterRouter[]> {
  const routers = Array.from({ length: count }, (_, index) =>
    makeRouter(index + 1, devices, canRedial),
  );
  await linkHomes(owner, routers);
  for (const router of routers) {
    const { token } = await tenantTransaction(service, router.userId, (transaction) =>
      createSession(transaction, router.userId, {}, 'now'),
    );
    router.cookie = `netpilot_session=${token}`;
  }
  return routers;
}

function makeRouter(number: number, devices: number, canRedial: boolean): ClusterRouter {
  const home = createHome(number, devices);
  const agent = createAgent(home);
  return {
    number,
    userId: randomUUID(),
    routerId: routerIdOf(home),
    identity: makeIdentity(number),
    home,
    agent: canRedial ? agent : { ...agent, hello: () => agent.hello().replace(',redial', '') },
    cookie: '',
    acknowledged: new Set(),
    isOnline: false,
    lostAt: 0,
    outages: [],
    dialled: undefined,
  };
}

/** Has routers dial in, each from an address of its own. */
export function dialAll(access: Cluster['access'], routers: readonly ClusterRouter[]): void {
  for (const router of routers) {
    router.lostAt = performance.now();
    router.dialled = dial({
      access,
      privateKey: router.identity.private_key,
      agent: router.agent,
      localAddress: `127.1.${router.number >> 8}.${router.number & 255}`,
      onChange: (change) => {
        const isOnline = change === 'connected';
        if (isOnline === router.isOnline) return;
        router.isOnline = isOnline;
        const now = performance.now();
        if (isOnline) router.outages.push({ from: router.lostAt, until: now });
        else router.lostAt = now;
      },
    });
  }
}

/** The outages of each router that ended after a moment, longest first: milliseconds. */
export function outagesSince(routers: readonly ClusterRouter[], moment: number): number[] {
  return routers
    .flatMap(({ outages }) => {
      const own = outages.filter(({ until }) => until > moment);
      return own.length === 0 ? [] : [Math.max(...own.map(({ from, until }) => until - from))];
    })
    .toSorted((one, other) => other - one);
}
