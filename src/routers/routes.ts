import { type Static, Type } from 'typebox';
import { recordAudit } from '../activity/record-audit.ts';
import { routerWithin } from '../api/access.ts';
import type { App, Services } from '../api/app.ts';
import { requireMatch, withEtag } from '../api/etag.ts';
import { once } from '../api/once.ts';
import { RouterParams } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import type { Sender } from '../api/actor.ts';
import { type TenantTransaction, leaveHome } from '../database/transaction.ts';
import { ForbiddenError, NotFoundError } from '../errors.ts';
import { findHome } from '../homes/homes.ts';
import { parseAddress } from '../parse-address.ts';
import { pick } from '../pick.ts';
import { findDial } from './dialled.ts';
import { unlinkRouter } from './unlinking.ts';
import { forgetTargets, requireTargets } from './health.ts';
import { type RouterHealth, UNKNOWN_HEALTH, listHealthStates } from './health-state.ts';
import { requireDiallable, whereToDial } from './dialling.ts';
import type { Router } from '../database/models.ts';
import { lookAlikesOf } from './look-alikes.ts';
import { ageOf } from './newest-agent.ts';
import { deleteRouter, findRouter, listRouters, lockRouter, updateRouter } from './queries.ts';
import { requestScan } from './scan-requests.ts';
import { Dial, EDITABLE, RouterChange, RouterSchema } from './schema.ts';

const path = '/routers/:router_id';
const params = RouterParams;

export function routerRoutes(app: App, services: Services): void {
  readRoutes(app, services);
  changeRoutes(app, services);
  linkRoutes(app, services);
}

type Health = ReadonlyMap<string, RouterHealth>;

/** @param routers all of the same user that the sender may see */
function describe(router: Router, routers: readonly Router[], health: Health) {
  const { router_id } = router;
  return {
    ...router,
    ...ageOf(router),
    ...lookAlikesOf(router, routers),
    health: health.get(router_id) ?? UNKNOWN_HEALTH,
  };
}

/** The user's routers that the sender may see. */
async function listVisible(transaction: TenantTransaction, actor: Sender): Promise<Router[]> {
  const routers = await listRouters(transaction, actor.userId);
  const only = routerWithin(actor, undefined);
  return routers.filter(({ router_id }) => only === undefined || router_id === only);
}

async function describeOne(transaction: TenantTransaction, actor: Sender, router: Router) {
  const health = await listHealthStates(transaction, actor.userId, router.router_id);
  return describe(router, await listVisible(transaction, actor), health);
}

function readRoutes(app: App, { config, database }: Services): void {
  app.get(
    '/routers',
    {
      config: { access: 'read', role: 'viewer', isWithinRouter: true },
      schema: {
        summary: 'List the routers',
        response: { 200: Type.Object({ items: Type.Array(RouterSchema) }) },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, actor) => {
        const routers = await listVisible(transaction, actor);
        const health = await listHealthStates(transaction, actor.userId);
        return { items: routers.map((router) => describe(router, routers, health)) };
      }),
  );

  app.get(
    path,
    {
      config: { access: 'read', role: 'viewer' },
      schema: { summary: 'Get a router', params, response: { 200: RouterSchema } },
    },
    async (request, reply) => {
      const router = await inTenant(database, request, async (transaction, actor) => {
        const found = await findRouter(transaction, { user_id: actor.userId, ...request.params });
        return describeOne(transaction, actor, found);
      });
      return withEtag(reply, router, pick(router, EDITABLE));
    },
  );

  app.get(
    `${path}/dial`,
    {
      config: { access: 'read', role: 'viewer' },
      schema: {
        summary: 'Get how a router is dialled',
        description: 'Not found for a router that dials in itself.',
        params,
        response: { 200: Dial },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, { userId }) => {
        const router = await findRouter(transaction, { user_id: userId, ...request.params });
        const dial = await findDial(transaction, router);
        if (dial === undefined) throw new NotFoundError('dialled router', router.router_id);
        const address = whereToDial(router, config.dial);
        return {
          ...(typeof address === 'string' ? { host: null, port: null } : address),
          host_key: dial.host_key,
          problem: dial.problem,
        };
      }),
  );
}

function changeRoutes(app: App, { config, database }: Services): void {
  app.patch(
    path,
    {
      config: { access: 'manage', role: 'admin' },
      schema: {
        summary: 'Rename a router, move it to another home, or change how it is reached',
        description: 'Only the owner moves a router to another home.',
        params,
        body: RouterChange,
        response: { 200: RouterSchema },
      },
    },
    async (request, reply) => {
      const router = await inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const before = await lockRouter(transaction, key);
        requireMatch(request, pick(before, EDITABLE));
        const change = withAddresses(request.body);
        const isMoved = 'router_ip' in change || 'tunnel_port' in change;
        if (isMoved && (await findDial(transaction, before)) !== undefined)
          requireDiallable({ ...before, ...change }, config.dial);
        requireTargets(change.health_targets ?? []);
        if (change.home_id !== undefined) await requireHome(transaction, actor, change.home_id);
        const after = await updateRouter(transaction, key, change);
        if (JSON.stringify(before.health_targets) !== JSON.stringify(after.health_targets))
          await forgetTargets(transaction, key);
        await recordAudit(transaction, actor, 'router.changed', before, {
          before: pick(before, EDITABLE),
          after: pick(after, EDITABLE),
        });
        return describeOne(transaction, actor, after);
      });
      return withEtag(reply, router, pick(router, EDITABLE));
    },
  );

  app.delete(
    path,
    {
      config: { access: 'manage', role: 'owner', needsFreshSignIn: true },
      schema: {
        summary: 'Unlink a router and delete everything that belongs to it',
        params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, ...request.params };
        const router = await lockRouter(transaction, key);
        requireMatch(request, pick(router, EDITABLE));
        await deleteRouter(transaction, key);
        // Without the router's id: nothing of it may stay. Its name tells the person which one it was.
        await recordAudit(transaction, actor, 'router.deleted', {}, pick(router, ['router_name']));
      });
      return reply.code(204).send(null);
    },
  );
}

function linkRoutes(app: App, { database }: Services): void {
  app.post(
    `${path}/unlink`,
    {
      config: { access: 'manage', role: 'owner', needsFreshSignIn: true },
      schema: {
        summary: 'Unlink a router',
        description:
          'Its key no longer works, and the router restores its network as it was before NetPilot: at once if it is connected, else when it next dials in. Its devices, policy and history stay; linked again, it is the same router.',
        params,
        response: { 200: RouterSchema },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => ({
        status: 200,
        body: await describeOne(
          transaction,
          actor,
          await unlinkRouter(transaction, actor, request.params.router_id),
        ),
      })),
  );

  app.post(
    `${path}/scan`,
    {
      config: { access: 'control', role: 'admin' },
      schema: {
        summary: 'Scan a router for devices now',
        description:
          'The router reports every device that it knows; they are in its list of devices once `scanned_at` has changed, which the event `router.scanned` reports. While a scan is wanted, asking again changes nothing. Refused (409) while the router is not connected: it is scanned when it connects.',
        params,
        response: { 202: RouterSchema },
      },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => ({
        status: 202,
        body: await describeOne(
          transaction,
          actor,
          await requestScan(transaction, actor, request.params.router_id),
        ),
      })),
  );
}

/** Throws NotFoundError for a home that is not the sender's own, ForbiddenError for who is not the owner. */
async function requireHome(transaction: TenantTransaction, { userId, role }: Sender, id: string) {
  if (role !== 'owner')
    throw new ForbiddenError(
      `You are ${role} of this home: only its owner moves routers to another one.`,
    );
  // The home that was chosen is not the only one in question.
  await leaveHome(transaction);
  await findHome(transaction, { user_id: userId, id });
}

/** The change with its addresses in their one spelling. */
function withAddresses(change: Static<typeof RouterChange>): Static<typeof RouterChange> {
  const spell = (ip: string) => parseAddress(ip) ?? ip;
  const { router_ip, health_targets } = change;
  return {
    ...change,
    ...(typeof router_ip === 'string' && { router_ip: spell(router_ip) }),
    ...(Array.isArray(health_targets) && { health_targets: health_targets.map(spell) }),
  };
}
