import { Type } from 'typebox';
import { recordAudit } from '../activity/record-audit.ts';
import type { App, Services } from '../api/app.ts';
import { requireMatch, sendEtag } from '../api/etag.ts';
import { once } from '../api/once.ts';
import { IpAddress, Name, Nullable, RouterId, Timestamp, problems } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { NotFoundError } from '../errors.ts';
import { findDial } from './dialled.ts';
import { unlinkRouter } from './unlinking.ts';
import { requireDiallable, whereToDial } from './dialling.ts';
import {
  type Router,
  deleteRouter,
  findRouter,
  listRouters,
  lockRouter,
  updateRouter,
} from './queries.ts';

const RouterSchema = Type.Object({
  router_id: RouterId,
  router_name: Nullable(Name),
  router_ip: Nullable(IpAddress),
  tunnel_port: Nullable(Type.Integer({ minimum: 1, maximum: 65_535 })),
  cloud_vm_ip: Nullable(IpAddress),
  created_at: Timestamp(),
  last_seen: Nullable(Timestamp('When it was last connected.')),
  is_connected: Type.Boolean(),
  connected_at: Nullable(Timestamp('When it connected last.')),
  agent_version: Nullable(Type.String({ description: 'What its agent calls itself.' })),
  limiter: Nullable(
    Type.String({ description: 'What limits by rate: `nft`, the firewall, or `tc`, a shaper.' }),
  ),
  is_active: Type.Boolean({ description: 'False once it is unlinked.' }),
});

const Dial = Type.Object({
  host: Nullable(Type.String({ description: 'Null where it has no address that may be dialled.' })),
  port: Nullable(Type.Integer()),
  host_key: Type.String({ description: 'The only one that is spoken to, told at linking.' }),
  problem: Nullable(
    Type.String({
      description:
        'Why the last call did not come about: `no-address`, `not-allowed`, `unreachable`, `other-host-key`, `key-refused`, `key-sealed`.',
    }),
  ),
});

const RouterChange = Type.Partial(
  Type.Pick(RouterSchema, ['router_name', 'router_ip', 'tunnel_port']),
  { additionalProperties: false, minProperties: 1 },
);

const Params = Type.Object({ router_id: RouterId });

export function routerRoutes(app: App, { config, database }: Services): void {
  app.get(
    '/routers',
    {
      schema: {
        tags: ['routers'],
        summary: "One's routers",
        response: { ...problems, 200: Type.Object({ items: Type.Array(RouterSchema) }) },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId }) => ({
        items: await listRouters(transaction, userId),
      })),
  );

  app.get(
    '/routers/:router_id',
    {
      schema: {
        tags: ['routers'],
        summary: 'One router',
        params: Params,
        response: { ...problems, 200: RouterSchema },
      },
    },
    async (request, reply) => {
      const router = await inTenant(database, request, (transaction, { userId }) =>
        findRouter(transaction, userId, request.params.router_id),
      );
      sendEtag(reply, editable(router));
      return router;
    },
  );

  app.patch(
    '/routers/:router_id',
    {
      schema: {
        tags: ['routers'],
        summary: 'Rename a router, or change how it is reached',
        params: Params,
        body: RouterChange,
        response: { ...problems, 200: RouterSchema },
      },
    },
    async (request, reply) => {
      const router = await inTenant(database, request, async (transaction, actor) => {
        const before = await lockRouter(transaction, actor.userId, request.params.router_id);
        requireMatch(request, editable(before));
        const isMoved = 'router_ip' in request.body || 'tunnel_port' in request.body;
        if (isMoved && (await findDial(transaction, before)) !== undefined)
          requireDiallable({ ...before, ...request.body }, config.dial);
        const after = await updateRouter(transaction, actor.userId, before.router_id, request.body);
        await recordAudit(transaction, actor, {
          action: 'router.changed',
          routerId: before.router_id,
          subjectId: before.id,
          details: { before: editable(before), after: editable(after) },
        });
        return after;
      });
      sendEtag(reply, editable(router));
      return router;
    },
  );

  app.get(
    '/routers/:router_id/dial',
    {
      schema: {
        tags: ['routers'],
        summary: 'How a router is dialled',
        description: 'Not found for a router that dials in.',
        params: Params,
        response: { ...problems, 200: Dial },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId }) => {
        const router = await findRouter(transaction, userId, request.params.router_id);
        const dial = await findDial(transaction, router);
        if (dial === undefined) throw new NotFoundError('dialled router', router.router_id);
        const place = whereToDial(router, config.dial);
        return {
          ...(typeof place === 'string' ? { host: null, port: null } : place),
          host_key: dial.host_key,
          problem: dial.problem,
        };
      }),
  );

  app.post(
    '/routers/:router_id/unlink',
    {
      schema: {
        tags: ['routers'],
        summary: 'Unlink a router',
        description:
          'Its key opens nothing from then on, and it leaves its network as it was before NetPilot: at once where it is connected, else when it next dials in. Its devices, policy and history stay; linked again, it is the same router.',
        params: Params,
        response: { ...problems, 200: RouterSchema },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => ({
        status: 200,
        body: await unlinkRouter(transaction, actor, request.params.router_id),
      })),
  );

  app.delete(
    '/routers/:router_id',
    {
      schema: {
        tags: ['routers'],
        summary: 'Unlink a router and delete all that belongs to it',
        params: Params,
        response: { ...problems, 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTenant(database, request, async (transaction, actor) => {
        const router = await lockRouter(transaction, actor.userId, request.params.router_id);
        requireMatch(request, editable(router));
        await deleteRouter(transaction, actor.userId, router.router_id);
        // Without the router's id: nothing of it is to stay behind. Its name tells the person what went.
        await recordAudit(transaction, actor, {
          action: 'router.deleted',
          details: { router_name: router.router_name },
        });
      });
      return reply.code(204).send(null);
    },
  );
}

/** What a person can change of a router. */
function editable({ router_name, router_ip, tunnel_port }: Router) {
  return { router_name, router_ip, tunnel_port };
}
