import { Type } from 'typebox';
import type { App, FastifyRequest, Services } from '../api/app.ts';
import { sortedPageOf } from '../api/keyset.ts';
import { once } from '../api/once.ts';
import { PageOf, PageQuery, parseCursor } from '../api/page.ts';
import {
  Id,
  IpAddress,
  MacAddress,
  Nullable,
  RouterId,
  Timestamp,
  problems,
} from '../api/schema.ts';
import { ONE_TRANSACTION, inTenant } from '../api/signed-in.ts';
import { ConflictError } from '../errors.ts';
import { findRouter } from '../routers/queries.ts';
import { isSameAddress } from '../devices/address.ts';
import { startBlock, stopBlock } from './blocking.ts';
import { NEWEST_FIRST, findBlock, listBlocks } from './blocks.ts';
import { lockPolicy } from './queries.ts';
import { Delivery, deliveryOf } from './revision.ts';
import { Named, type ResolvedTarget, refuseRouterItself, resolveTarget } from './target.ts';

const Block = Type.Object({
  id: Id,
  router_id: RouterId,
  device_id: Nullable(Type.String({ ...Id, description: 'Null where no such device is known.' })),
  device_ip: IpAddress,
  device_mac: Nullable(MacAddress),
  block_type: Type.Enum(['manual', 'whitelist', 'blacklist'], {
    description:
      '`manual`: somebody decided it. The others come from imports: the list it was for.',
  }),
  blocked_at: Timestamp(),
  unblocked_at: Nullable(Timestamp()),
  is_active: Type.Boolean({ description: 'False once it has ended.' }),
});
const Answer = Type.Object({ ...Block.properties, delivery: Delivery });

const BlockQuery = Type.Object(
  {
    ...PageQuery,
    state: Type.Enum(['active', 'ended', 'all'], {
      default: 'active',
      description: '`all` is the history: block, unblock, block again are two blocks.',
    }),
    device_id: Type.Optional(Id),
  },
  { additionalProperties: false },
);

const BlockAddition = Type.Object(
  {
    ...Named.properties,
    confirm: Type.Optional(
      Type.Boolean({
        description: 'True is asked for where it would cut off the device that sends the request.',
      }),
    ),
  },
  { additionalProperties: false },
);

const tags = ['policy'];
const path = '/routers/:router_id/blocks';
const OfRouter = Type.Object({ router_id: RouterId });
const OneBlock = Type.Object({ router_id: RouterId, id: Id });

export function blockRoutes(app: App, { database }: Services): void {
  app.get(
    path,
    {
      schema: {
        tags,
        summary: "A router's blocks, newest first",
        params: OfRouter,
        querystring: BlockQuery,
        response: { ...problems, 200: PageOf(Block) },
      },
    },
    (request) => {
      const { limit, cursor, ...filter } = request.query;
      const after = parseCursor(cursor, NEWEST_FIRST);
      return inTenant(database, request, async (transaction, { userId }) => {
        const router = await findRouter(transaction, userId, request.params.router_id);
        const rows = await listBlocks(transaction, router, filter, { after, limit });
        return sortedPageOf(rows, limit, NEWEST_FIRST);
      });
    },
  );

  app.post(
    path,
    {
      config: ONE_TRANSACTION,
      schema: {
        tags,
        summary: 'Block a device',
        description:
          "In every mode, nothing of it passes or reaches the router any more, in either direction, and its open connections end, once the router confirms: see `delivery`. It goes by the device's MAC, whatever address it gets later; by address where no MAC is known. What is blocked already is a conflict that names the block. The router itself cannot be blocked; the device that sends the request only with `confirm`.",
        params: OfRouter,
        body: BlockAddition,
        response: { ...problems, 201: Answer },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const { router } = await lockPolicy(transaction, {
          user_id: actor.userId,
          router_id: request.params.router_id,
        });
        const { confirm, ...named } = request.body;
        const resolved = await resolveTarget(transaction, router, named);
        refuseRouterItself(resolved, router, 'blocked');
        if (confirm !== true) refuseOwnDevice(resolved, request);
        const { block, delivery } = await startBlock(transaction, actor, router, resolved.target);
        return {
          status: 201,
          location: `/api/v1/routers/${encodeURIComponent(router.router_id)}/blocks/${block.id}`,
          body: { ...block, delivery },
        };
      }),
  );

  app.get(
    `${path}/:id`,
    {
      schema: {
        tags,
        summary: 'One block',
        params: OneBlock,
        response: { ...problems, 200: Block },
      },
    },
    (request) =>
      inTenant(database, request, (transaction, { userId }) =>
        findBlock(transaction, { user_id: userId, ...request.params }),
      ),
  );

  app.post(
    `${path}/:id/unblock`,
    {
      config: ONE_TRANSACTION,
      schema: {
        tags,
        summary: 'End a block',
        description:
          'The device is treated again as mode and lists say, once the router confirms: see `delivery`. The block stays in the history. Where entries were merged, blocks of the others end with it. One that has ended already is given as it is: nothing happens twice.',
        params: OneBlock,
        response: { ...problems, 200: Answer },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const { router, policy } = await lockPolicy(transaction, key);
        const before = await findBlock(transaction, key);
        if (!before.is_active)
          return {
            status: 200,
            body: { ...before, delivery: deliveryOf({ ...policy, ...router }) },
          };
        const delivery = await stopBlock(transaction, actor, before);
        return { status: 200, body: { ...(await findBlock(transaction, key)), delivery } };
      }),
  );
}

/** A conflict that the caller can lift: the problem names `confirm`. */
class OwnDeviceError extends ConflictError {
  override get extensions() {
    return { errors: [{ field: 'confirm', expected: 'true, to block the device in use' }] };
  }
}

/** Throws OwnDeviceError where the block would cut off the device that asks for it, as far as that can be told. */
function refuseOwnDevice(resolved: ResolvedTarget, { ip }: FastifyRequest): void {
  if (resolved.addresses.some((address) => isSameAddress(address, ip)))
    throw new OwnDeviceError(
      'This is the device you are using: blocked, it no longer reaches anything through this router. Send "confirm": true if that is what you want.',
    );
}
