import { type Static, Type } from 'typebox';
import { recordAudit } from '../activity/record-audit.ts';
import type { App, FastifyRequest, Services } from '../api/app.ts';
import { requireMatch, sendEtag } from '../api/etag.ts';
import { type Sort, sortedPageOf } from '../api/keyset.ts';
import { parseCursor } from '../api/page.ts';
import { problems } from '../api/schema.ts';
import { ONE_TRANSACTION, inTenant } from '../api/signed-in.ts';
import { ConflictError, InvalidInputError } from '../errors.ts';
import { findRouter } from '../routers/queries.ts';
import { SORTS, listDevices } from './listing.ts';
import { partIds } from './parts.ts';
import { deleteDevice, findDevice, lockDevice, updateDevice } from './queries.ts';
import {
  AnyDeviceQuery,
  DeviceChange,
  DevicePage,
  DeviceQuery,
  DeviceDetail,
  OfRouter,
  OneDevice,
} from './schema.ts';

const tags = ['devices'];

export function deviceRoutes(app: App, { database }: Services): void {
  app.get(
    '/devices',
    {
      config: ONE_TRANSACTION,
      schema: {
        tags,
        summary: "Devices of all of one's routers, or of one",
        querystring: AnyDeviceQuery,
        response: { ...problems, 200: DevicePage },
      },
    },
    (request) => list(request, request.query),
  );

  app.get(
    '/routers/:router_id/devices',
    {
      config: ONE_TRANSACTION,
      schema: {
        tags,
        summary: "A router's devices",
        description:
          'Every device that the router ever saw, the last seen first unless `sort` says otherwise. A `cursor` goes on in the order it was made for.',
        params: OfRouter,
        querystring: DeviceQuery,
        response: { ...problems, 200: DevicePage },
      },
    },
    (request) => list(request, { ...request.query, router_id: request.params.router_id }),
  );

  function list(
    request: FastifyRequest,
    { limit, cursor, sort: sortName, ...filter }: Static<typeof AnyDeviceQuery>,
  ) {
    const sort = sortNamed(sortName);
    const after = parseCursor(cursor, sort);
    return inTenant(database, request, async (transaction, { userId }) => {
      const rows = await listDevices(transaction, userId, filter, { sort, after, limit });
      // Only an empty page leaves it open whether there is such a router.
      if (rows.length === 0 && filter.router_id !== undefined)
        await findRouter(transaction, userId, filter.router_id);
      return sortedPageOf(rows, limit, sort);
    });
  }

  const path = '/routers/:router_id/devices/:id';
  app.get(
    path,
    {
      schema: {
        tags,
        summary: 'One device, where and when it was there',
        description:
          'By the id of an entry that is merged into another, the device that it is part of.',
        params: OneDevice,
        response: { ...problems, 200: DeviceDetail },
      },
    },
    async (request, reply) => {
      const device = await inTenant(database, request, (transaction, { userId }) =>
        findDevice(transaction, { user_id: userId, ...request.params }),
      );
      sendEtag(reply, editable(device));
      return device;
    },
  );

  app.patch(
    path,
    {
      schema: {
        tags,
        summary: 'Name a device, or say what it is',
        description:
          'Null takes a name or a type away. This is for people only: nothing changes for the device.',
        params: OneDevice,
        body: DeviceChange,
        response: { ...problems, 200: DeviceDetail },
      },
    },
    async (request, reply) => {
      const device = await inTenant(database, request, async (transaction, actor) => {
        const before = await lockDevice(transaction, { user_id: actor.userId, ...request.params });
        requireMatch(request, editable(before));
        await updateDevice(transaction, before, request.body);
        const after = await findDevice(transaction, before);
        await recordAudit(transaction, actor, {
          action: 'device.changed',
          routerId: before.router_id,
          subjectId: before.id,
          details: { before: editable(before), after: editable(after) },
        });
        return after;
      });
      sendEtag(reply, editable(device));
      return device;
    },
  );

  app.delete(
    path,
    {
      schema: {
        tags,
        summary: 'Forget a device',
        description:
          'Only one that is offline, and that nothing is merged into. Where it stands on a list or is blocked, that holds on, by its MAC or address: should it come back, it finds the same rules. Its name, type and earlier addresses are gone.',
        params: OneDevice,
        response: { ...problems, 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTenant(database, request, async (transaction, actor) => {
        const device = await lockDevice(transaction, { user_id: actor.userId, ...request.params });
        requireMatch(request, editable(device));
        if (device.is_online)
          throw new ConflictError(
            'This device is online and would be found again at once: forget it when it has left.',
          );
        if ((await partIds(transaction, device)).length > 1)
          throw new ConflictError(
            'Other entries are merged into this device: take them out of it first.',
          );
        await deleteDevice(transaction, device);
        const { router_id, id, ip, mac, device_name, hostname } = device;
        await recordAudit(transaction, actor, {
          action: 'device.deleted',
          routerId: router_id,
          subjectId: id,
          details: { ip, mac, device_name, hostname },
        });
      });
      return reply.code(204).send(null);
    },
  );
}

function sortNamed(wanted: string): Sort {
  const sort = SORTS.find(({ name }) => name === wanted);
  if (sort === undefined)
    throw new InvalidInputError([{ field: 'sort', value: wanted, expected: 'the name of a sort' }]);
  return sort;
}

/** What a person can change of a device. */
function editable(device: { device_name: string | null; device_type: string | null }) {
  const { device_name, device_type } = device;
  return { device_name, device_type };
}
