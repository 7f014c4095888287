/** What the Commands-Server's calls do. Each asks first whether the session may, and whose the router is. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Block, type OfRouter, type Router, blocksOf } from '../database/models.ts';
import type { Database } from '../database/pool.ts';
import { type TenantTransaction, tenantTransaction } from '../database/transaction.ts';
import { ConflictError } from '../errors.ts';
import { startBlock, stopBlock } from '../policy/blocking.ts';
import { findBlock } from '../policy/blocks.ts';
import { findPolicy, lockPolicy } from '../policy/queries.ts';
import { type Delivery, deliveryOf } from '../policy/revision.ts';
import { type Target, isFor, refuseRouterItself, resolveTarget } from '../policy/target.ts';
import { ChannelClosedError } from '../fleet/openwrt/channel.ts';
import { findRouter } from '../routers/queries.ts';
import { within } from '../timeout.ts';
import type {
  BlockAnswer,
  BlockedAnswer,
  DeviceRequest,
  RouterRequest,
  ScanAnswer,
} from '../commands-client/protocol.ts';
import type { RouterConnection } from '../fleet/router-connection.ts';
import type { RouterConnections } from '../fleet/router-connections.ts';
import { type Commander, findCommander } from './session.ts';

/** Milliseconds that a change waits for the router's word; then it is `pending`. */
const PATIENCE = 10_000;
/** Milliseconds until a silent router is given up, a few seconds before the caller gives up. */
const LONGEST = 25_000;

export type CommandServices = { database: Database; connections: RouterConnections };

export async function block(services: CommandServices, request: DeviceRequest) {
  return change(services, request, true, async (transaction, actor, router, target) => {
    const [active] = await findActive(transaction, router, isFor(actor.userId, target));
    if (active === undefined) await startBlock(transaction, actor, router, target);
  });
}

/** Ends what blocks the device that has the address, and what blocks the address. */
export async function unblock(services: CommandServices, request: DeviceRequest) {
  return change(services, request, false, async (transaction, actor, router, target) => {
    const byAddress = sql<SqlBool>`(device_mac is null and device_ip = ${target.device_ip})`;
    for (const condition of [isFor(actor.userId, target), byAddress])
      for (const active of await findActive(transaction, router, condition))
        // One may have ended with another of the same device.
        if ((await findBlock(transaction, active)).is_active)
          await stopBlock(transaction, actor, active);
  });
}

/** What the router itself holds as blocked: it is asked whether it does what the database says. */
export async function listBlocked(
  services: CommandServices,
  { sessionId, routerId }: RouterRequest,
): Promise<BlockedAnswer> {
  const { key, connection } = await reach(services, sessionId, routerId);
  await within(LONGEST, connection.check(), () => {
    throw new ConflictError('The router did not answer in time.');
  });
  return tenantTransaction(services.database, key.user_id, async (transaction) => {
    const { router, policy } = await findPolicy(transaction, key);
    const { state, reason } = deliveryOf({ ...policy, ...router });
    if (state === 'pending')
      throw new ConflictError(reason ?? 'The router does not do yet what it is to do.');
    const blocks = await blocksOf(transaction, key).where('is_active', '=', true).execute();
    return {
      blocked: blocks.map(({ device_ip, device_mac }) => ({ ip: device_ip, mac: device_mac })),
    };
  });
}

/** Has the router look who is there now. */
export async function scan(
  services: CommandServices,
  { sessionId, routerId }: RouterRequest,
): Promise<ScanAnswer> {
  const { connection } = await reach(services, sessionId, routerId);
  try {
    const devices = await connection.scan();
    return {
      devices: devices
        .filter(({ online }) => online)
        .map(({ ip, mac, hostname }) => ({ ip, mac, hostname })),
      scannedAt: new Date().toISOString(),
    };
  } catch (error) {
    if (error instanceof ChannelClosedError) throw new ConflictError('The router did not answer.');
    throw error;
  }
}

/** Stores a change, as the API does, and waits a moment for the router's word on it. */
async function change(
  { database, connections }: CommandServices,
  { sessionId, routerId, ip }: DeviceRequest,
  blocked: boolean,
  work: (
    transaction: TenantTransaction,
    actor: Commander,
    router: Router,
    target: Target,
  ) => Promise<void>,
): Promise<BlockAnswer> {
  const actor = await findCommander(database, sessionId);
  const key = { user_id: actor.userId, router_id: routerId };
  const standing = async (transaction: TenantTransaction): Promise<Delivery> => {
    const { router, policy } = await findPolicy(transaction, key);
    return deliveryOf({ ...policy, ...router });
  };
  const stored = await tenantTransaction(database, actor.userId, async (transaction) => {
    const { router } = await lockPolicy(transaction, key);
    const resolved = await resolveTarget(transaction, router, { device_ip: ip });
    if (blocked) refuseRouterItself(resolved, router, 'blocked');
    await work(transaction, actor, router, resolved.target);
    return standing(transaction);
  });
  const connection = connections.find(key);
  if (stored.state === 'pending' && connection !== undefined)
    await connection.settled(stored.policy_revision, PATIENCE);
  const { state, reason } = await tenantTransaction(database, actor.userId, standing);
  return { routerId, ip, blocked, state, ...(reason !== undefined && { reason }) };
}

function findActive(
  transaction: TenantTransaction,
  router: Router,
  condition: RawBuilder<SqlBool>,
): Promise<Block[]> {
  return blocksOf(transaction, router).where('is_active', '=', true).where(condition).execute();
}

/** The connection of a router of the session's user. Throws ConflictError where it is not connected here. */
async function reach(
  { database, connections }: CommandServices,
  sessionId: string,
  routerId: string,
): Promise<{ key: OfRouter; connection: RouterConnection }> {
  const { userId } = await findCommander(database, sessionId);
  const key = { user_id: userId, router_id: routerId };
  const { is_connected, connected_node } = await tenantTransaction(
    database,
    userId,
    (transaction) => findRouter(transaction, userId, routerId),
  );
  const connection = connections.find(key);
  if (connection === undefined)
    throw new ConflictError(
      is_connected
        ? `The router is connected to another Commands-Server, ${connected_node}: only that one can ask it.`
        : 'The router is not connected.',
    );
  return { key, connection };
}
