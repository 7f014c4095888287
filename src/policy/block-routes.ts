import { Type } from 'typebox';
import { keepOwnDevice } from '../access/own-device.ts';
import type { App, FastifyRequest, Services } from '../api/app.ts';
import { once } from '../api/once.ts';
import { PageOf, PageQuery, pageOf, parseCursor } from '../api/page.ts';
import {
  Id,
  Nullable,
  OneOf,
  RouterId,
  RouterParams,
  RouterThingParams,
  Strict,
  Timestamp,
} from '../api/schema.ts';
import { ONE_TRANSACTION, inTenant } from '../api/signed-in.ts';
import { findRouter } from '../routers/queries.ts';
import { parseAddress } from '../parse-address.ts';
import { prepareBlock, startBlock, stopBlock } from './blocking.ts';
import { NEWEST_FIRST, findBlock, listBlocks } from './blocks.ts';
import { lockPolicy } from './queries.ts';
import { refuseSharedMac } from './shared-mac.ts';
import { Delivery, deliveryOf } from './revision.ts';
import { DeviceReference, type ResolvedTarget, Target, refuseRouterItself } from './target.ts';

const Block = Type.Object({
  id: Id,
  router_id: RouterId,
  ...Target.properties,
  block_type: OneOf(['manual', 'whitelist', 'blacklist'], {
    description:
      '`manual`: blocked by a person. `blacklist`: imported, of a device that is on the blacklist. `whitelist`: because it is not on the whitelist.',
  }),
  blocked_at: Timestamp(),
  unblocked_at: Nullable(Timestamp()),
  is_active: Type.Boolean({ description: 'False once it has ended.' }),
});
const BlockWithDelivery = Type.Object({ ...Block.properties, delivery: Delivery });

const BlockQuery = Strict({
  ...PageQuery,
  state: Type.Enum(['active', 'ended', 'all'], {
    default: 'active',
    description: '`all` is the history: blocking a device twice makes two blocks.',
  }),
  device_id: Type.Optional(Id),
});

const BlockAddition = Strict({
  ...DeviceReference.properties,
  confirm: Type.Optional(
    Type.Boolean({
      description:
        'Must be true to block the device that sends the request, or several devices that share a MAC.',
    }),
  ),
});

const path = '/routers/:router_id/blocks';

export function blockRoutes(app: App, services: Services): void {
  readRoutes(app, services);
  blockRoute(app, services);
  unblockRoute(app, services);
}

function readRoutes(app: App, { database }: Services): void {
  app.get(
    path,
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: "List a router's blocks, newest first",
        params: RouterParams,
        querystring: BlockQuery,
        response: { 200: PageOf(Block) },
      },
    },
    (request) => {
      const { limit, cursor, ...filter } = request.query;
      const after = parseCursor(cursor, NEWEST_FIRST);
      return inTenant(database, request, async (transaction, { userId }) => {
        const router = await findRouter(transaction, { user_id: userId, ...request.params });
        const rows = await listBlocks(transaction, router, filter, { after, limit });
        return pageOf(rows, limit, NEWEST_FIRST);
      });
    },
  );

  app.get(
    `${path}/:id`,
    {
      config: { access: 'read', role: 'viewer' },
      schema: { summary: 'Get a block', params: RouterThingParams, response: { 200: Block } },
    },
    (request) =>
      inTenant(database, request, (transaction, { userId }) =>
        findBlock(transaction, { user_id: userId, ...request.params }),
      ),
  );
}

function blockRoute(app: App, { database }: Services): void {
  app.post(
    path,
    {
      config: { ...ONE_TRANSACTION, access: 'control', role: 'admin' },
      schema: {
        summary: 'Block a device',
        description:
          "In every mode, none of its traffic passes or reaches the router, in either direction, and its open connections end, once the router confirms: see `delivery`. The block applies to the device's MAC, whatever address it gets later; to its address if no MAC is known. A device that is already blocked is a conflict that names the block. The router itself cannot be blocked; the device that sends the request only with `confirm`. So is a device whose MAC has several IPv4 addresses, as a repeater's has for all who are behind it: the conflict lists them in `behind`. Not if the request names the MAC itself.",
        params: RouterParams,
        body: BlockAddition,
        response: { 201: BlockWithDelivery },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const { confirm, ...reference } = request.body;
        const key = { user_id: actor.userId, ...request.params };
        const prepared = await prepareBlock(transaction, key, reference);
        refuseRouterItself(prepared, prepared.router, 'blocked');
        if (confirm !== true && reference.device_mac === undefined) refuseSharedMac(prepared);
        const start = () => startBlock(transaction, actor, prepared);
        const { block, delivery } = await (isOwnDevice(prepared, request)
          ? keepOwnDevice(transaction, request, actor, confirm, start)
          : start());
        return {
          status: 201,
          location: `/api/v1/routers/${encodeURIComponent(key.router_id)}/blocks/${block.id}`,
          body: { ...block, delivery },
        };
      }),
  );
}

function unblockRoute(app: App, { database }: Services): void {
  app.post(
    `${path}/:id/unblock`,
    {
      config: { ...ONE_TRANSACTION, access: 'control', role: 'admin' },
      schema: {
        summary: 'End a block',
        description:
          'Mode and lists apply to the device again, once the router confirms: see `delivery`. The block stays in the history. If devices are merged, blocks of the others end with it. A block that has already ended is returned unchanged.',
        params: RouterThingParams,
        response: { 200: BlockWithDelivery },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const policy = await lockPolicy(transaction, key);
        const before = await findBlock(transaction, key);
        const delivery = before.is_active
          ? await stopBlock(transaction, actor, before)
          : deliveryOf(policy);
        return { status: 200, body: { ...(await findBlock(transaction, key)), delivery } };
      }),
  );
}

/** Whether a block is for the device that sends the request, as far as its address shows. */
function isOwnDevice({ addresses }: ResolvedTarget, { ip }: FastifyRequest): boolean {
  const own = parseAddress(ip);
  return own !== undefined && addresses.includes(own);
}
