import { confirm, keepOwnDevice } from '../access/own-device.ts';
import type { App, FastifyReply, FastifyRequest, Services } from '../api/app.ts';
import { sql } from 'kysely';
import { type Static, Type } from 'typebox';
import { once } from '../api/once.ts';
import { Id, RouterThingParams, Strict } from '../api/schema.ts';
import { mergeDevices, unmergeDevice } from '../devices/merging.ts';
import { findDevice } from '../devices/queries.ts';
import { DeviceDetail } from '../devices/schema.ts';
import { lockPolicy } from './queries.ts';
import { Delivery, findDelivery, raiseRevisions } from './revision.ts';
import { isAnyTargeted } from './target.ts';

const MergeBody = Strict({ device_id: Id, confirm });
const MergedDevice = Type.Object({ ...DeviceDetail.properties, delivery: Delivery });

type MergeRequest = FastifyRequest<{
  Params: Static<typeof RouterThingParams>;
  Body: Static<typeof MergeBody>;
}>;

const path = '/routers/:router_id/devices/:id';

/** In this room, as lists and blocks for one of the devices then apply to both. */
export function mergeRoutes(app: App, { database }: Services): void {
  app.post(
    `${path}/merge`,
    {
      config: { access: 'manage', role: 'admin' },
      schema: {
        summary: 'Merge a device into this one',
        description:
          'For two network cards of one laptop, or the old and the new random MAC of one phone. The merged device is not listed any more; its addresses, presence, lists and blocks are those of this device, and what applies to this device applies to all its MACs: see `delivery`. Nothing is lost: it can be undone.',
        params: RouterThingParams,
        body: MergeBody,
        response: { 200: MergedDevice },
      },
    },
    (request, reply) => change(request, reply, mergeDevices),
  );

  app.post(
    `${path}/unmerge`,
    {
      config: { access: 'manage', role: 'admin' },
      schema: {
        summary: 'Undo a merge',
        description:
          'The device is one of its own again, with the name, lists and blocks that it had before, and with what was seen of it since. Lists and blocks added since then stay with the device that they were made for.',
        params: RouterThingParams,
        body: MergeBody,
        response: { 200: MergedDevice },
      },
    },
    (request, reply) => change(request, reply, unmergeDevice),
  );

  function change(request: MergeRequest, reply: FastifyReply, work: typeof mergeDevices) {
    return once(database, request, reply, async (transaction, actor) => {
      const key = { user_id: actor.userId, ...request.params };
      await lockPolicy(transaction, key);
      const { device_id, confirm: isConfirmed } = request.body;
      const ids = await keepOwnDevice(transaction, request, actor, isConfirmed, () =>
        work(transaction, actor, key, device_id),
      );
      // Routers need to know only if a list entry, a block or a rule of the home now applies to other MACs.
      const isTargeted = await isAnyTargeted(transaction, key, ids);
      await raiseRevisions(
        transaction,
        key.user_id,
        sql`(router.router_id = ${key.router_id} and ${isTargeted} or exists (
          select from access_rules rule
          join user_routers here on here.user_id = rule.user_id and here.home_id = rule.home_id
          where here.user_id = ${key.user_id} and here.router_id = ${key.router_id} and rule.is_active
            and router.home_id = rule.home_id))`,
      );
      const delivery = await findDelivery(transaction, key);
      return { status: 200, body: { ...(await findDevice(transaction, key)), delivery } };
    });
  }
}
