import { Type } from 'typebox';
import { recordAudit } from '../activity/record-audit.ts';
import { ROLES } from '../api/access.ts';
import type { App, Services } from '../api/app.ts';
import { requireMatch, withEtag } from '../api/etag.ts';
import { once } from '../api/once.ts';
import { HomeParams, Id, Name, Nullable, Strict, Timestamp } from '../api/schema.ts';
import { inTenant } from '../api/signed-in.ts';
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

const Timezone = Type.String({
  format: 'timezone',
  maxLength: 64,
  // An offset is not a place: it has no summer time.
  pattern: '^[A-Za-z]',
  description: 'Of the IANA database, such as Europe/Berlin: in it the times of rules are meant.',
});

const Rate = Nullable(Type.Integer());

const NewDevices = Type.Object(
  { access: Type.Enum(['allow', 'limit', 'block']), down_rate: Rate, up_rate: Rate },
  { description: 'What a device gets that nobody has reviewed yet, in bit/s.' },
);

const HomeSchema = Type.Object({
  id: Id,
  name: Name,
  timezone: Nullable({ ...Timezone, description: 'Null until somebody has said it: UTC.' }),
  created_at: Timestamp(),
  role: Type.Enum(ROLES, { description: 'What you are there.' }),
  is_own: Type.Boolean(),
  owner_name: Nullable(Type.String({ description: 'Null if it is your own.' })),
  routers: Type.Integer(),
  people: Type.Integer(),
  new_devices: NewDevices,
});

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

const OWN = { role: 'owner', is_own: true, owner_name: null } as const;

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
      inTenant(database, request, async (transaction, { userId }) => {
        const homes = await listHomes(transaction, userId);
        return { items: homes.map((home) => ({ ...home, ...OWN })) };
      }),
  );

  app.get(
    path,
    {
      config: { access: 'read', role: 'child' },
      schema: { summary: 'Get a home', params, response: { 200: HomeSchema } },
    },
    async (request, reply) => {
      const home = await inTenant(database, request, (transaction, { userId }) =>
        describeHome(transaction, { user_id: userId, id: request.params.home_id }),
      );
      return withEtag(reply, { ...home, ...OWN }, pick(home, EDITABLE));
    },
  );
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
          { id },
          { after: pick(home, EDITABLE) },
        );
        const described = await describeHome(transaction, { user_id: actor.userId, id });
        return {
          status: 201,
          body: { ...described, ...OWN },
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
        return describeHome(transaction, key);
      });
      return withEtag(reply, { ...home, ...OWN }, pick(home, EDITABLE));
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
        await deleteHome(transaction, key);
        await recordAudit(transaction, actor, 'home.deleted', home, pick(home, ['name']));
      });
      return reply.code(204).send(null);
    },
  );
}
