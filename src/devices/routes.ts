import { type Static, Type } from 'typebox';
import { recordAudit } from '../activity/record-audit.ts';
import { routerWithin } from '../api/access.ts';
import type { App, FastifyRequest, Services } from '../api/app.ts';
import { requireMatch, withEtag } from '../api/etag.ts';
import type { Sort } from '../api/keyset.ts';
import { pageOf, parseCursor } from '../api/page.ts';
import { RouterParams, RouterThingParams } from '../api/schema.ts';
import { ONE_TRANSACTION, inTenant } from '../api/signed-in.ts';
import type { Device } from '../database/models.ts';
import type { TenantTransaction } from '../database/transaction.ts';
import { ConflictError, InvalidInputError } from '../errors.ts';
import { pick } from '../pick.ts';
import { findRouter } from '../routers/queries.ts';
import { SORTS } from './listing.ts';
import { partIds } from './parts.ts';
import { deleteDevice, findDevice, findRulesOf, lockDevice } from './queries.ts';
import { AnyDeviceQuery, DeviceDetail, DevicePage, DeviceQuery, EDITABLE } from './schema.ts';
import { listDevices } from './with-access.ts';

const path = '/routers/:router_id/devices/:id';
const params = RouterThingParams;

export function deviceRoutes(app: App, services: Services): void {
  listRoutes(app, services);
  readRoute(app, services);
  deleteRoute(app, services);
}

function listRoutes(app: App, { database }: Services): void {
  app.get(
    '/devices',
    {
      config: { ...ONE_TRANSACTION, access: 'read', role: 'viewer', isWithinRouter: true },
      schema: {
        summary: 'List the devices of all routers, or of one',
        querystring: AnyDeviceQuery,
        response: { 200: DevicePage },
      },
    },
    (request) => list(request, request.query),
  );

  app.get(
    '/routers/:router_id/devices',
    {
      config: { ...ONE_TRANSACTION, access: 'read', role: 'viewer' },
      schema: {
        summary: "List a router's devices",
        description:
          'Every device that the router ever saw, the last seen first unless `sort` says otherwise. A `cursor` is valid only with the `sort` that it was made for.',
        params: RouterParams,
        querystring: DeviceQuery,
        response: { 200: DevicePage },
      },
    },
    (request) => list(request, { ...request.query, ...request.params }),
  );

  function list(
    request: FastifyRequest,
    { limit, cursor, sort: sortName, ...asked }: Static<typeof AnyDeviceQuery>,
  ) {
    const sort = findSort(sortName);
    const after = parseCursor(cursor, sort);
    return inTenant(database, request, async (transaction, actor) => {
      const { userId } = actor;
      const filter = { ...asked, router_id: routerWithin(actor, asked.router_id) };
      const rows = await listDevices(transaction, userId, filter, { sort, after, limit });
      // Only if the page is empty, it can be that there is no such router.
      if (rows.length === 0 && filter.router_id !== undefined)
        await findRouter(transaction, { user_id: userId, router_id: filter.router_id });
      return pageOf(rows, limit, sort);
    });
  }
}

function readRoute(app: App, { database }: Services): void {
  app.get(
    path,
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'Get a device, with its addresses and presence',
        description:
          'By the id of a device that is merged into another, returns the device that it is part of.',
        params,
        response: { 200: DeviceDetail },
      },
    },
    async (request, reply) => {
      const device = await inTenant(database, request, (transaction, { userId }) =>
        findDevice(transaction, { user_id: userId, ...request.params }),
      );
      return withEtag(reply, device, pick(device, EDITABLE));
    },
  );
}

function deleteRoute(app: App, { database }: Services): void {
  app.delete(
    path,
    {
      config: { access: 'manage', role: 'admin' },
      schema: {
        summary: 'Delete a device',
        description:
          'Only a device that is offline, has none merged into it, and that no rule is for. List entries and blocks for it stay, by its MAC or address: if it comes back, the same rules apply. Its name, type and earlier addresses are lost.',
        params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTenant(database, request, async (transaction, actor) => {
        const device = await lockDevice(transaction, { user_id: actor.userId, ...request.params });
        requireMatch(request, pick(device, EDITABLE));
        if (device.is_online)
          throw new ConflictError(
            'This device is online and would be found again at once: delete it when it is offline.',
          );
        if ((await partIds(transaction, device)).length > 1)
          throw new ConflictError('Other devices are merged into this one: unmerge them first.');
        await refuseRuled(transaction, device);
        await deleteDevice(transaction, device);
        const details = pick(device, ['ip', 'mac', 'device_name', 'hostname']);
        await recordAudit(transaction, actor, 'device.deleted', device, details);
      });
      return reply.code(204).send(null);
    },
  );
}

function findSort(wanted: string): Sort {
  const sort = SORTS.find(({ name }) => name === wanted);
  if (sort === undefined)
    throw new InvalidInputError([{ field: 'sort', value: wanted, expected: 'the name of a sort' }]);
  return sort;
}

/** Throws ConflictError, naming them, if there are rules for the device itself: they would go with it without a word. */
async function refuseRuled(transaction: TenantTransaction, device: Device): Promise<void> {
  const rules = await findRulesOf(transaction, device);
  if (rules.length === 0) return;
  const named = rules.map(({ id, name }) => (name === null ? id : `${name} (${id})`)).join(', ');
  throw new ConflictError(`There are rules for this device: ${named}. Delete them first.`);
}
