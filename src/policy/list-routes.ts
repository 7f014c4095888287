import { Type } from 'typebox';
import { recordAudit } from '../activity/record-audit.ts';
import { confirm, keepOwnDevice } from '../access/own-device.ts';
import type { App, Services } from '../api/app.ts';
import { etagOf, requireMatch, withEtag } from '../api/etag.ts';
import { once } from '../api/once.ts';
import { PageOf, PageQuery, pageOf, parseCursor } from '../api/page.ts';
import { RouterParams, RouterThingParams, Strict } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { pick } from '../pick.ts';
import { findRouter } from '../routers/queries.ts';
import {
  type List,
  type ListEntry,
  type ListFields,
  BLACKLIST,
  deleteEntry,
  findEntry,
  insertEntry,
  listEntries,
  updateEntry,
} from './lists.ts';
import { lockPolicy } from './queries.ts';
import { Delivery, deliveryOf, raiseRevision } from './revision.ts';
import { TARGET_COLUMNS, refuseRouterItself, resolveTarget } from './target.ts';

const EFFECTS = {
  whitelist:
    'In mode `whitelist`, devices on it have the full rate, and all others the limit rate.',
  blacklist:
    'In mode `blacklist`, devices on it have the limit rate, and all others the full rate.',
};

const pathOf = ({ name }: List) => `/routers/:router_id/${name}`;
const withDelivery = (list: List) => Type.Object({ ...list.Entry.properties, delivery: Delivery });

/** The routes of one of the two lists. */
export function listRoutes(app: App, services: Services, list: List): void {
  readRoutes(app, services, list);
  addRoute(app, services, list);
  changeRoute(app, services, list);
  removeRoute(app, services, list);
}

function readRoutes(app: App, { database }: Services, list: List): void {
  app.get(
    pathOf(list),
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: `List a router's ${list.name}, newest first`,
        description: EFFECTS[list.name],
        params: RouterParams,
        querystring: Strict(PageQuery),
        response: { 200: PageOf(list.Entry) },
      },
    },
    (request) => {
      const { limit, cursor } = request.query;
      const after = parseCursor(cursor, list.newestFirst);
      return inTenant(database, request, async (transaction, { userId }) => {
        const router = await findRouter(transaction, { user_id: userId, ...request.params });
        const rows = await listEntries(transaction, list, router, { after, limit });
        return pageOf(rows, limit, list.newestFirst);
      });
    },
  );

  app.get(
    `${pathOf(list)}/:id`,
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: `Get an entry of the ${list.name}`,
        params: RouterThingParams,
        response: { 200: list.Entry },
      },
    },
    async (request, reply) => {
      const entry = await inTenant(database, request, (transaction, { userId }) =>
        findEntry(transaction, list, { user_id: userId, ...request.params }),
      );
      return withEtag(reply, entry, editable(entry));
    },
  );
}

function addRoute(app: App, { database }: Services, list: List): void {
  app.post(
    pathOf(list),
    {
      config: { access: 'control', role: 'admin' },
      schema: {
        summary: `Add a device to the ${list.name}`,
        description: `${EFFECTS[list.name]} The entry applies to the device's MAC, whatever address it gets later; to its address if no MAC is known. A device that is already on it is a conflict that names the entry.`,
        params: RouterParams,
        body: list.Addition,
        response: { 201: withDelivery(list) },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const policy = await lockPolicy(transaction, key);
        const { device_id, device_ip, device_mac, confirm: isConfirmed, ...fields } = request.body;
        const reference = { device_id, device_ip, device_mac };
        const resolved = await resolveTarget(transaction, key, reference);
        if (list === BLACKLIST) refuseRouterItself(resolved, policy, 'put on the blacklist');
        const entry = await keepOwnDevice(transaction, request, actor, isConfirmed, () =>
          insertEntry(transaction, list, key, resolved.target, fields),
        );
        const delivery = await raiseRevision(transaction, key);
        await recordAudit(transaction, actor, `${list.name}.added`, entry, {
          ...resolved.target,
          ...editable(entry),
        });
        return {
          status: 201,
          location: `/api/v1/routers/${encodeURIComponent(key.router_id)}/${list.name}/${entry.id}`,
          body: { ...entry, delivery },
        };
      }),
  );
}

function changeRoute(app: App, { database }: Services, list: List): void {
  app.patch(
    `${pathOf(list)}/:id`,
    {
      config: { access: 'control', role: 'admin' },
      schema: {
        summary: `Change an entry of the ${list.name}`,
        description:
          list === BLACKLIST
            ? 'Names and reasons are only for people. `is_active` decides whether the device is limited.'
            : 'Names and descriptions are only for people: nothing changes for the device.',
        params: RouterThingParams,
        body: list.Change,
        response: { 200: withDelivery(list) },
      },
    },
    async (request, reply) => {
      const entry = await inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const policy = await lockPolicy(transaction, key);
        const before = await findEntry(transaction, list, key);
        requireMatch(request, editable(before));
        const { confirm: isConfirmed, ...change } = request.body;
        const after = await keepOwnDevice(transaction, request, actor, isConfirmed, () =>
          updateEntry(transaction, list, key, change),
        );
        const delivery =
          hasEffect(before) === hasEffect(after)
            ? deliveryOf(policy)
            : await raiseRevision(transaction, key);
        if (etagOf(editable(before)) !== etagOf(editable(after)))
          await recordAudit(transaction, actor, `${list.name}.changed`, before, {
            ...pick(before, TARGET_COLUMNS),
            before: editable(before),
            after: editable(after),
          });
        return { ...after, delivery };
      });
      return withEtag(reply, entry, editable(entry));
    },
  );
}

function removeRoute(app: App, { database }: Services, list: List): void {
  app.delete(
    `${pathOf(list)}/:id`,
    {
      config: { access: 'control', role: 'admin' },
      schema: {
        summary: `Remove a device from the ${list.name}`,
        description: 'It is then treated like every device that is not on it.',
        params: RouterThingParams,
        querystring: Strict({ confirm }),
        response: { 200: Type.Object({ delivery: Delivery }) },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        await lockPolicy(transaction, key);
        const entry = await findEntry(transaction, list, key);
        requireMatch(request, editable(entry));
        await keepOwnDevice(transaction, request, actor, request.query.confirm, () =>
          deleteEntry(transaction, list, entry),
        );
        const delivery = await raiseRevision(transaction, key);
        await recordAudit(transaction, actor, `${list.name}.removed`, entry, {
          ...pick(entry, TARGET_COLUMNS),
          ...editable(entry),
        });
        return { delivery };
      }),
  );
}

/** Whether the router applies it: an entry of the blacklist can be inactive. */
function hasEffect(entry: ListEntry): boolean {
  return 'is_active' in entry ? entry.is_active : true;
}

/** What a person can change of an entry. */
function editable(entry: ListEntry): ListFields {
  return 'reason' in entry
    ? pick(entry, ['device_name', 'reason', 'is_active'])
    : pick(entry, ['device_name', 'description']);
}
