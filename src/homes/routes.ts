import { Type } from 'typebox';
import { recordAudit } from '../activity/record-audit.ts';
import type { App, Services } from '../api/app.ts';
import { requireMatch, withEtag } from '../api/etag.ts';
import { once } from '../api/once.ts';
import { HomeParams, Name, Strict } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
import { type TenantTransaction, enterHome, leaveHome } from '../database/transaction.ts';
import type { Sender } from '../api/actor.ts';
import { pick } from '../pick.ts';
import {
  createHome,
  deleteHome,
  describeHome,
  findHome,
  listHomes,
  lockHome,
  updateHome,
} from './homes.ts';
import { listMemberships } from './members.ts';
import { HomeSchema, Timezone, factsOf } from './schema.ts';

const HomeAddition = Strict({ name: Name, timezone: Type.Optional(Timezone) });

/** What a person can change of a home. */
const EDITABLE = ['name', 'timezone'] as const;

const HomeChange = Type.Partial(Type.Object({ name: Name, timezone: Timezone }), {
  additionalProperties: false,
  minProperties: 1,
});

const path = '/homes/:home_id';
const params = HomeParams;

export function homeRoutes(app: App, services: Services): void {
  readRoutes(app, services);
  addRoute(app, services);
  changeRoutes(app, services);
}

function readRoutes(app: App, { database }: Services): void {
  app.get(
    '/homes',
    {
      config: { access: 'read', role: 'self' },
      schema: {
        summary: 'List the homes that you own or are a member of',
        response: { 200: Type.Object({ items: Type.Array(HomeSchema) }) },
      },
    },
    (request) =>
      inTenant(database, request, async (transaction, actor) => {
        const own = await listHomes(transaction, actor.userId);
        const others = await listOthersHomes(transaction, actor);
        return { items: [...own.map((home) => ({ ...home, ...factsOf(actor) })), ...others] };
      }),
  );

  app.get(
    path,
    {
      config: { access: 'read', role: 'child' },
      schema: { summary: 'Get a home', params, response: { 200: HomeSchema } },
    },
    async (request, reply) => {
      const home = await inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, id: request.params.home_id };
        return { ...(await describeHome(transaction, key)), ...factsOf(actor) };
      });
      return withEtag(reply, home, pick(home, EDITABLE));
    },
  );
}

/** The homes of others that the sender is a member of. The transaction is another owner's then. */
async function listOthersHomes(transaction: TenantTransaction, { actorId }: Sender) {
  const homes = [];
  for (const id of await listMemberships(transaction, actorId)) {
    const entry = await enterHome(transaction, { actorId, homeId: id });
    // The owner is not active.
    if (entry === undefined) continue;
    const home = await describeHome(transaction, { user_id: entry.ownerId, id });
    homes.push({ ...home, ...factsOf({ userId: entry.ownerId, actorId, ...entry }) });
  }
  return homes;
}

function addRoute(app: App, { database }: Services): void {
  app.post(
    '/homes',
    {
      config: { access: 'manage', role: 'self' },
      schema: { summary: 'Create a home', body: HomeAddition, response: { 201: HomeSchema } },
    },
    (request, reply) =>
      once(database, request, reply, async (transaction, actor) => {
        const { id, ...home } = await createHome(transaction, actor.userId, request.body);
        await recordAudit(
          transaction,
          actor,
          'home.created',
          { id, home_id: id },
          { after: pick(home, EDITABLE) },
        );
        const described = await describeHome(transaction, { user_id: actor.userId, id });
        return {
          status: 201,
          body: { ...described, ...factsOf(actor) },
          location: `/api/v1/homes/${id}`,
        };
      }),
  );
}

function changeRoutes(app: App, { database }: Services): void {
  app.patch(
    path,
    {
      config: { access: 'manage', role: 'admin' },
      schema: {
        summary: 'Rename a home, or say in which time zone it is',
        params,
        body: HomeChange,
        response: { 200: HomeSchema },
      },
    },
    async (request, reply) => {
      const home = await inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, id: request.params.home_id };
        const before = await lockHome(transaction, key);
        requireMatch(request, pick(before, EDITABLE));
        const after = await updateHome(transaction, key, request.body);
        await recordAudit(transaction, actor, 'home.changed', before, {
          before: pick(before, EDITABLE),
          after: pick(after, EDITABLE),
        });
        return { ...(await describeHome(transaction, key)), ...factsOf(actor) };
      });
      return withEtag(reply, home, pick(home, EDITABLE));
    },
  );

  app.delete(
    path,
    {
      config: { access: 'manage', role: 'owner', needsFreshSignIn: true },
      schema: {
        summary: 'Delete a home without routers, its people and its rules',
        params,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await inTenant(database, request, async (transaction, actor) => {
        const key = { user_id: actor.userId, id: request.params.home_id };
        const home = await findHome(transaction, key);
        requireMatch(request, pick(home, EDITABLE));
        // Whether it is the last one shows in all of them.
        await leaveHome(transaction);
        await deleteHome(transaction, key);
        const subject = { id: home.id, home_id: home.id };
        await recordAudit(transaction, actor, 'home.deleted', subject, pick(home, ['name']));
      });
      return reply.code(204).send(null);
    },
  );
}
