import type { App, FastifyReply, FastifyRequest, Services } from '../api/app.ts';
import { type Static, Type } from 'typebox';
import { once } from '../api/once.ts';
import { Id, problems } from '../api/schema.ts';
import { mergeDevices, unmergeDevice } from './merging.ts';
import { findDevice } from '../devices/queries.ts';
import { DeviceDetail, OneDevice } from '../devices/schema.ts';
import { Delivery } from './revision.ts';

const Merge = Type.Object({ device_id: Id }, { additionalProperties: false });
const MergeAnswer = Type.Object({ ...DeviceDetail.properties, delivery: Delivery });

const tags = ['devices'];
const path = '/routers/:router_id/devices/:id';

export function mergeRoutes(app: App, { database }: Services): void {
  app.post(
    `${path}/merge`,
    {
      schema: {
        tags,
        summary: 'Say that another entry is this device too',
        description:
          'The two network cards of a laptop, the old and the new made-up MAC of a phone. The other entry is no longer listed; its addresses, presence, lists and blocks are those of this device, and what is said of this device holds for all of its MACs: see `delivery`. Nothing is lost: it can be taken back.',
        params: OneDevice,
        body: Merge,
        response: { ...problems, 200: MergeAnswer },
      },
    },
    (request, reply) => answer(request, reply, mergeDevices),
  );

  app.post(
    `${path}/unmerge`,
    {
      schema: {
        tags,
        summary: 'Take that back',
        description:
          'The entry is a device of its own again, with the name, lists and blocks that it had before, and with what was seen of it since. Lists and blocks of the time in between stay with the entry that they were made for.',
        params: OneDevice,
        body: Merge,
        response: { ...problems, 200: MergeAnswer },
      },
    },
    (request, reply) => answer(request, reply, unmergeDevice),
  );

  function answer(
    request: FastifyRequest<{ Params: Static<typeof OneDevice>; Body: Static<typeof Merge> }>,
    reply: FastifyReply,
    work: typeof mergeDevices,
  ) {
    return once(database, request, reply, async (transaction, actor) => {
      const key = { user_id: actor.userId, ...request.params };
      const delivery = await work(transaction, actor, key, request.body.device_id);
      return { status: 200, body: { ...(await findDevice(transaction, key)), delivery } };
    });
  }
}
