import { Type } from 'typebox';
import { recordAudit } from '../activity/record-audit.ts';
import type { App, Services } from '../api/app.ts';
import { etagOf, requireMatch, sendEtag } from '../api/etag.ts';
import { sortedPageOf } from '../api/keyset.ts';
import { once } from '../api/once.ts';
import { PageOf, PageQuery, parseCursor } from '../api/page.ts';
import { Id, RouterId, problems } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { findRouter } from '../routers/queries.ts';
import {
  type Entry,
  type Fields,
  type List,
  BLACKLIST,
  deleteEntry,
  findEntry,
  insertEntry,
  listEntries,
  updateEntry,
} from './lists.ts';
import { lockPolicy } from './queries.ts';
import { Delivery, deliveryOf, raiseRevision } from './revision.ts';
import { refuseRouterItself, resolveTarget } from './target.ts';

const tags = ['policy'];
const OfRouter = Type.Object({ router_id: RouterId });
const OneEntry = Type.Object({ router_id: RouterId, id: Id });

/** What being on it means, for the descriptions. */
const EFFECTS = {
  whitelist:
    'In the mode `whitelist`, what is on it has the full rate, and all else the limit rate.',
  blacklist:
    'In the mode `blacklist`, what is on it has the limit rate, and all else the full rate.',
};

/** The routes of one of the two lists. */
export function listRoutes(app: App, { database }: Services, list: List): void {
  const path = `/routers/:router_id/${list.name}`;
  const Answer = Type.Object({ ...list.Entry.properties, delivery: Delivery });

  app.get(
    path,
    {
      schema: {
        tags,
        summary: `A router's ${list.name}, newest first`,
        description: EFFECTS[list.name],
        params: OfRouter,
        querystring: Type.Object(PageQuery, { additionalProperties: false }),
        response: { ...problems, 200: PageOf(list.Entry) },
      },
    },
    (request) => {
      const { limit, cursor } = request.query;
      const after = parseCursor(cursor, list.newestFirst);
      return inTenant(database, request, async (transaction, { userId }) => {
        const router = await findRouter(transaction, userId, request.params.router_id);
        const rows = await listEntries(transaction, list, router, { after, limit });
        return sortedPageOf(rows, limit, list.newestFirst);
      });
    },
  );

  app.post(
    path,
    {
      schema: {
        tags,
        summary: `Put a device on the ${list.name}`,
        description: `${EFFECTS[list.name]} The entry goes by the device's MAC, whatever address it gets later; by address where no MAC is known. A device is on it once: another time is a conflict that names the entry.`,
        params: OfRouter,
        body: list.Addition,
        response: { ...problems, 201: Answer },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const { router } = await lockPolicy(transaction, {
          user_id: actor.userId,
          router_id: request.params.router_id,
        });
        const { device_id, device_ip, device_mac, ...fields } = request.body;
        const named = { device_id, device_ip, device_mac };
        const resolved = await resolveTarget(transaction, router, named);
        if (list === BLACKLIST) refuseRouterItself(resolved, router, 'put on the blacklist');
        const entry = await insertEntry(transaction, list, router, resolved.target, fields);
        const delivery = await raiseRevision(transaction, actor.userId, router.router_id);
        await recordAudit(transaction, actor, {
          action: `${list.name}.added`,
          routerId: router.router_id,
          subjectId: entry.id,
          details: { ...resolved.target, ...editable(entry) },
        });
        return {
          status: 201,
          location: `/api/v1/routers/${encodeURIComponent(router.router_id)}/${list.name}/${entry.id}`,
          body: { ...entry, delivery },
        };
      }),
  );

  app.get(
    `${path}/:id`,
    {
      schema: {
        tags,
        summary: `One entry of the ${list.name}`,
        params: OneEntry,
        response: { ...problems, 200: list.Entry },
      },
    },
    async (request, reply) => {
      const entry = await inTenant(database, request, (transaction, { userId }) =>
        findEntry(transaction, list, { user_id: userId, ...request.params }),
      );
      sendEtag(reply, editable(entry));
      return entry;
    },
  );

  app.patch(
    `${path}/:id`,
    {
      schema: {
        tags,
        summary: `Change an entry of the ${list.name}`,
        description:
          list === BLACKLIST
            ? 'Names and reasons are for people only. `is_active` decides whether the device is limited.'
            : 'Names and descriptions are for people only: nothing changes for the device.',
        params: OneEntry,
        body: list.Change,
        response: { ...problems, 200: Answer },
      },
    },
    async (request, reply) => {
      const answer = await inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const { router, policy } = await lockPolicy(transaction, key);
        const before = await findEntry(transaction, list, key);
        requireMatch(request, editable(before));
        const after = await updateEntry(transaction, list, key, request.body);
        const delivery =
          isCounted(before) === isCounted(after)
            ? deliveryOf({ ...policy, ...router })
            : await raiseRevision(transaction, actor.userId, router.router_id);
        if (etagOf(editable(before)) !== etagOf(editable(after)))
          await recordAudit(transaction, actor, {
            action: `${list.name}.changed`,
            routerId: router.router_id,
            subjectId: before.id,
            details: { before: editable(before), after: editable(after) },
          });
        return { ...after, delivery };
      });
      sendEtag(reply, editable(answer));
      return answer;
    },
  );

  app.delete(
    `${path}/:id`,
    {
      schema: {
        tags,
        summary: `Take a device off the ${list.name}`,
        description: 'From then on it is treated as any device that is not on it.',
        params: OneEntry,
        response: { ...problems, 200: Type.Object({ delivery: Delivery }) },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const { router } = await lockPolicy(transaction, key);
        const entry = await findEntry(transaction, list, key);
        requireMatch(request, editable(entry));
        await deleteEntry(transaction, list, entry);
        const delivery = await raiseRevision(transaction, actor.userId, router.router_id);
        const { device_id, device_ip, device_mac } = entry;
        await recordAudit(transaction, actor, {
          action: `${list.name}.removed`,
          routerId: router.router_id,
          subjectId: entry.id,
          details: { device_id, device_ip, device_mac, ...editable(entry) },
        });
        return { delivery };
      }),
  );
}

/** Whether the router heeds it: an entry of the blacklist can be switched off. */
function isCounted(entry: Entry): boolean {
  return 'is_active' in entry ? entry.is_active : true;
}

/** What a person can change of an entry. */
function editable(entry: Entry): Fields {
  const { device_name } = entry;
  return 'reason' in entry
    ? { device_name, reason: entry.reason, is_active: entry.is_active }
    : { device_name, description: entry.description };
}
